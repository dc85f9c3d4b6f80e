"""Buku 3, the executive summary: each of its designed pages as parts. Every function takes the plan and a running head.

`number` begins the numbers of a section's tables and figures. Sections refer to nothing outside themselves, so that a
book may leave out or reorder any of them; initiatives are named by code, their sheets are in Buku 2.
"""

from .budget import budget
from .commitment import commitment
from .dimensions import dimensions, overview
from .districts import districts
from .expected_texts import promised_texts
from .profile import profile
from .quick_wins import quick_wins
from .radar import radar
from .roadmap import roadmap
from .vision import vision

__all__ = [
    "budget",
    "commitment",
    "dimensions",
    "districts",
    "overview",
    "profile",
    "promised_texts",
    "quick_wins",
    "radar",
    "roadmap",
    "vision",
]
