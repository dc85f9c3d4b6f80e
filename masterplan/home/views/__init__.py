"""The first page of each role, part by part."""
