"""Editions: what is frozen of a plan, the outline of the books, comparing two editions."""
