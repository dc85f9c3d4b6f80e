"""Steps of the workflow, acts of the desk and saved replies: keyword-only, `by=` the actor, atomic."""
