"""Saving while typing, the page of one written row, its history, files sent by a form."""
