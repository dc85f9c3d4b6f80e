"""Rows of forms, the questions of a written row, and the choice between two texts."""
