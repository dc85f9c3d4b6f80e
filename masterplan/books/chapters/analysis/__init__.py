"""The analyses of Buku 1 in print."""
