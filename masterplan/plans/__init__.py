"""RPJMD and Renstra: documents, their trees, periods and lists. Reading them from Excel is `importing`."""
