"""What `manage.py check` refuses: fields, places of the outlines and roles of which something is not declared."""

from masterplan.checks import fields, homes, outlines

__all__ = ["fields", "homes", "outlines"]
