"""Forms of links, of decisions about them and of what the matrix is narrowed to."""
