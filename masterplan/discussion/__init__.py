"""Conversations at a field, a text or an analysis: starting, answering, assigning, showing them."""
