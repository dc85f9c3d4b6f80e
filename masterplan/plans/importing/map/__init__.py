"""The second stage of an import: what each column means, and in which unit its money is counted."""
