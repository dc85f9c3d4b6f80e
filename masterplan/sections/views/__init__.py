"""Pages of the outline, of a text and of its pictures."""
