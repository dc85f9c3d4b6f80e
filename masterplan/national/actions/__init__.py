"""Keeping and forgetting one's own views of the desk."""
