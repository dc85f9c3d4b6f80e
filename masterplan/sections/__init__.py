"""Texts of the books: the outline, writing, pictures, reading before print."""
