"""Pages of an initiative, of the list and of the library. They load, ask for permission and call an action."""
