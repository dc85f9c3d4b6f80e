"""Books: a frozen snapshot goes in, a linked and tagged PDF comes out. Nothing here changes the plan."""
