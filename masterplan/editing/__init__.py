"""One way to save what several people edit: conflicts, autosave, record, restoring, locks, files."""
