"""How parts become a PDF: rendered in limited children, cached, put together, tagged and read back. No words here."""
