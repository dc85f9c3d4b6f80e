"""What changes an initiative: keyword-only functions, `by=` the actor, atomic."""
