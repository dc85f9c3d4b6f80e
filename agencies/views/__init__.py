"""Pages about people and agencies, and the guide."""
