"""What follows from links, texts and money of a plan: coverage, suggestions, checks. Reads only."""
