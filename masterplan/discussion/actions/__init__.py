"""Starting and answering conversations, replies kept ready, reminders: keyword-only, `by=` the actor, atomic."""
