"""Taking in a file of a development plan, agreeing to what was read, and storing it."""
