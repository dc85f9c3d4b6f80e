"""Stages of the bimtek."""

from datetime import date
from typing import Any

from agencies.models import Regency
from masterplan.models import Workshop


def make_workshop(regency: Regency, stage: str = "I", **fields: Any) -> Workshop:
    """A stage of two days in the past, with a place and no deadline; `fields` say otherwise."""
    values = {
        "title": f"Bimbingan teknis tahap {stage}",
        "start_date": date(2021, 9, 6),
        "end_date": date(2021, 9, 7),
        "place": "Gedung Dharma Satya, Ungaran",
        "is_hybrid": True,
    }
    return Workshop.objects.create(regency=regency, stage=stage, **(values | fields))
