"""Diskominfo's desk: the queue, decisions, replies kept ready, acts on many initiatives at once."""
