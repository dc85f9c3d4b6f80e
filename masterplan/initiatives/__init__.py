"""Initiatives: the form, its pages, saving, evidence, library, copies. Deciding about them is `review`."""
