"""Saving what several people write at: conflicts, locks, files and their bytes. Each subject calls these."""
