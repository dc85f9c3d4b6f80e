"""Pages of the master plan: they load, ask for permission, call an action and answer. No rules of their own."""
