"""Conversations, saved replies and reminders: keyword-only, `by=` the actor, atomic."""
