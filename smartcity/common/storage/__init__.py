"""Private files: what they are, what they are called, where they are kept, how they arrive and leave."""
