"""Forms of deadlines and letters."""
