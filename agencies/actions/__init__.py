"""The only code that changes who belongs where and what they may do."""
