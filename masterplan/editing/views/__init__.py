"""Saving by button and while typing, the page of one row, its record, files sent by a form."""
