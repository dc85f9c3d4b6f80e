"""Forms of conversations and of replies kept ready."""
