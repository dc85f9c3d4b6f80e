"""The record of every written row (a text, a row of the analyses, a report), and the way back to any of its states."""
