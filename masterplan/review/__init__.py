"""The review desk of Diskominfo: the queue, decisions, and bulk actions on initiatives."""
