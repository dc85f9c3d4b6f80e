"""WHO: regencies, their agencies and districts, and the people who act for them."""

from .agency import Agency, AgencyKind
from .district import District
from .membership import INVITATION_SALT, Invitation, Membership
from .outgoing_mail import OutgoingMail
from .regency import Regency, RegencyFact, RegencyKind
from .security_event import SecurityEvent, SecurityEventKind
from .user import User

__all__ = [
    "INVITATION_SALT",
    "Agency",
    "AgencyKind",
    "District",
    "Invitation",
    "Membership",
    "OutgoingMail",
    "Regency",
    "RegencyFact",
    "RegencyKind",
    "SecurityEvent",
    "SecurityEventKind",
    "User",
]
