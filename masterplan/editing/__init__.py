"""One way to save what several people write at: conflicts, autosave, history, restoring, locks, files."""
