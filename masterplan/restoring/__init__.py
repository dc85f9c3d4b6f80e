"""The record of every written row (a text, a row of the analyses, a report), and restoring any of its states."""
