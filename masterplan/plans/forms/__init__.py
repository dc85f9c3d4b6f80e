"""Forms of development plans and of what they are narrowed to."""
