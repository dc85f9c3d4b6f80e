"""Forms of a stage and of the attendance page."""
