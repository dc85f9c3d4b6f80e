"""Reading a finished file back: its texts, its structure, what is printed around them."""
