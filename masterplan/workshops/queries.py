"""The rows of a stage by their id, found from the regency: an id from elsewhere answers 404."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from agencies.models import Regency
from masterplan.models import Attendee, SignInPage, WorkshopMaterial, WorkshopOutput

Row = TypeVar("Row", bound=Model)


def material_or_404(regency: Regency, pk: int) -> WorkshopMaterial:
    """One material with its file."""
    return _one(WorkshopMaterial.objects.select_related("file"), "workshop", regency, pk)


def output_or_404(regency: Regency, pk: int) -> WorkshopOutput:
    """One output that a stage asks for."""
    return _one(WorkshopOutput.objects.all(), "workshop", regency, pk)


def page_or_404(regency: Regency, pk: int) -> SignInPage:
    """The attendance page of one day."""
    return _one(SignInPage.objects.all(), "workshop", regency, pk)


def attendee_or_404(regency: Regency, pk: int) -> Attendee:
    """One person on an attendance list, with the agency."""
    return _one(Attendee.objects.select_related("agency"), "page__workshop", regency, pk)


def _one(rows: QuerySet[Row], stage: str, regency: Regency, pk: int) -> Row:
    """The row of `rows` whose stage, reached by the path `stage`, is one of `regency`."""
    found = rows.select_related(f"{stage}__regency").prefetch_related(f"{stage}__closings")
    return get_object_or_404(found, pk=pk, **{f"{stage}__regency": regency})
