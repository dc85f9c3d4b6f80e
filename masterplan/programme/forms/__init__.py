"""Forms of managers about people, grants and rounds. Actions decide who may do so."""
