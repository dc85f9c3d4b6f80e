"""Readiness, gaps and SWOT of Buku 1. Printing them is `books.chapters`."""
