"""What changed in an initiative and since when, read from the record of changes. Writes nothing."""

from datetime import datetime

from masterplan.models import Initiative
from masterplan.registry import FIELDS, Content, read


def changed_since(initiative: Initiative, moment: datetime) -> Content:
    """Old values, by key, of the fields that differ now from what they were at `moment`."""
    old: Content = {}
    for change in initiative.changes.filter(at__gt=moment).order_by("version"):
        for key, value in change.before.items():
            old.setdefault(key, value)
    current = read(initiative, [key for key in old if key in FIELDS])
    return {key: value for key, value in old.items() if key in current and current[key] != value}


def values_at(initiative: Initiative, *, current: Content, version: int) -> Content:
    """What the fields of `current` held at `version`, read back from the record of changes."""
    values = dict(current)
    if version == initiative.edit_version:
        return values
    for change in initiative.changes.filter(version__gt=version).order_by("-version"):
        values.update({key: value for key, value in change.before.items() if key in values})
    return values
