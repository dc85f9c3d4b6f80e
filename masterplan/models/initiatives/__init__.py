"""The initiative, its tables, evidence, review, and the workbooks it is filled in with."""
