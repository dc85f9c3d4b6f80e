"""Transitions of the workflow and bulk actions: keyword-only, `by=` the actor, atomic."""
