"""Loads the sample regencies from their files, through the real actions."""
