"""The first page of each role and the menu. It composes what the subjects offer."""
