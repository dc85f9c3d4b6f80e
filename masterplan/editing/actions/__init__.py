"""Saving what several people edit: kinds of rows, conflicts, locks, files. Each subject calls these."""
