"""Check constraints that tie a state to its timestamps and actors. Says nothing about any particular model."""

from django.db.models import CheckConstraint, F, Q, UniqueConstraint


def state_needs(state: str, *fields: str, table: str, column: str = "status") -> CheckConstraint:
    """A row whose `column` is `state` must have every one of `fields`; `table` makes the name unique."""
    filled = Q(**{f"{field}__isnull": False for field in fields})
    return CheckConstraint(condition=~Q(**{column: state}) | filled, name=f"{table}_{state}_has_{fields[0]}")


def both_or_neither(first: str, second: str, *, table: str, message: str | None = None) -> CheckConstraint:
    """Two things are recorded together, or not at all; `message` is for a form that a person fills in."""
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    return CheckConstraint(
        condition=both | neither, name=f"{table}_{first}_with_{second}", violation_error_message=message
    )


def one_of(field: str, values: list[str], *, table: str) -> CheckConstraint:
    """The stored code must be one of `values`; a typo in code or an import must not reach the database."""
    return CheckConstraint(condition=Q(**{f"{field}__in": values}), name=f"{table}_{field}_known")


def years_in_order(start: str, end: str, *, table: str) -> CheckConstraint:
    """A period may be open or half filled in, but never end before it begins."""
    in_order = Q(**{f"{start}__isnull": True}) | Q(**{f"{end}__isnull": True}) | Q(**{f"{start}__lte": F(end)})
    return CheckConstraint(condition=in_order, name=f"{table}_{start}_before_{end}")


def once(*fields: str, nullable: str, table: str) -> tuple[UniqueConstraint, UniqueConstraint]:
    """One row per combination, where an empty `nullable` counts as a value of its own.

    Two partial indexes instead of NULLS NOT DISTINCT, which SQLite does not know and would silently leave out.
    """
    return (
        UniqueConstraint(
            fields=(*fields, nullable),
            condition=Q(**{f"{nullable}__isnull": False}),
            name=f"{table}_once_with_{nullable}",
        ),
        UniqueConstraint(
            fields=fields, condition=Q(**{f"{nullable}__isnull": True}), name=f"{table}_once_without_{nullable}"
        ),
    )
