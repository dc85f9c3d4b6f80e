"""Later deadlines, reminders and letters: keyword-only, `by=` the actor, atomic."""
