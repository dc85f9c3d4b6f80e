"""The entries of the registry: eight sections of questions with help and an example each, and a ninth for evidence.

Words only, no logic. The ninth may stay empty. `masterplan.registry.field` explains each part of an entry.
"""

from masterplan.registry.field import FormSection

from .delivery import DELIVERY
from .purpose import PURPOSE

ENTRIES: tuple[FormSection, ...] = (*PURPOSE, *DELIVERY)
