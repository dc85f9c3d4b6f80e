"""Excel in and out, and the Word form: one layout made from the registry. Writes no initiative; `actions` does."""
