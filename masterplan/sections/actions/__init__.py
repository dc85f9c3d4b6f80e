"""What changes texts, their pictures and the outline: keyword-only, `by=` the actor, atomic."""
