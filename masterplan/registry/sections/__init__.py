"""The entries of the registry: eight sections of questions with help and an example each, and a ninth for evidence.

Words only, no logic. The ninth may stay empty. What each part of an entry means is told in `masterplan.registry.field`.
"""

from masterplan.registry.field import FormSection

from .delivery import DELIVERY
from .purpose import PURPOSE

ENTRIES: tuple[FormSection, ...] = (*PURPOSE, *DELIVERY)
