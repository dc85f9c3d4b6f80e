"""The third stage of an import: from rows and cells to the tree of a plan, with every question on the way."""
