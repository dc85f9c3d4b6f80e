"""Forms of conversations and of saved replies."""
