"""The only code that changes the state of the plan: keyword-only functions, `by=` the actor, atomic."""
