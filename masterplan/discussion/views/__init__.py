"""Pages of conversations and of saved replies."""
