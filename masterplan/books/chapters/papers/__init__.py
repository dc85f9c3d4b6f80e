"""What is printed besides books: letters, papers of the bimtek, larger paper."""
