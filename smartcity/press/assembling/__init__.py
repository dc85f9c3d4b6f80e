"""Fragments to one file: page numbers, running heads, outline, tags, metadata."""
