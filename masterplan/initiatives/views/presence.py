"""Who else has the form of an initiative open: reported by the pages, shown by role and agency, not by name."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from agencies.access import require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.initiatives.actions import presence
from masterplan.pages.initiative_frame import Frame, open_frame
from masterplan.registry import SECTION_BY_KEY


@require_POST
def initiative_presence(request: SignedIn, slug: str, pk: int) -> JsonResponse:
    """Take note that somebody has a section open, or has left it, and answer who else is there."""
    frame = open_frame(request, slug, pk, complete=False)
    require(frame.user, Permission.EDIT_INITIATIVE, frame.regency, frame.initiative.lead_agency_id)
    section = request.POST.get("section", "")
    if "left" in request.POST:
        presence.leave(frame.initiative, by=frame.user, section=section)
        return JsonResponse({"others": []})
    presence.announce(frame.initiative, by=frame.user, section=section)
    return JsonResponse({"others": _others(frame)})


def _others(frame: Frame) -> list[str]:
    """Each of the others in words, the longest there first."""
    return [
        f"{one.by_role} (bagian {SECTION_BY_KEY[one.section].title}, sejak pukul {frame.clock(one.opened_at)})"
        for one in frame.initiative.presences.now().exclude(user=frame.user)
        if one.section in SECTION_BY_KEY
    ]
