"""Pages of managers: people with their grants, and rounds."""
