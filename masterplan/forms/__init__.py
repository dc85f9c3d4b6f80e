"""Forms of the master plan: they understand what people write and say how to mend it; actions do the saving."""
