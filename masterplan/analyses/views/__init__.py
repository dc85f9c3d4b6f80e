"""Pages on which the analyses are listed and written."""
