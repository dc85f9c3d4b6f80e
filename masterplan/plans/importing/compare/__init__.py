"""The fourth stage of an import: what a file would change in what the portal holds."""
