"""The pages of the desk of all regencies."""
