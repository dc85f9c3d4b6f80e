"""Forms of the master plan: they understand what people write and say how to mend it; saving is the business of actions."""
