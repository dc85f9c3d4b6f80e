"""What changes a development plan and its tree: keyword-only, `by=` the actor, atomic."""
