"""Forms of transitions and of bulk actions."""
