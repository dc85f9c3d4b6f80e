"""The rules of the house, held against the repository's own source. Every rule is shown to be able to fail."""
