"""Rows that several people write: sections, their pictures, the analyses, and the record of saves."""
