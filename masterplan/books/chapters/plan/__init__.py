"""The chapters of Buku 2 from introduction to closing, and the sheet of each initiative."""
