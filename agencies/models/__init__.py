"""WHO: regencies, their agencies and districts, and the people who act for them."""

from agencies.notice_kinds import NoticeKind

from .agency import Agency, AgencyKind
from .district import District
from .membership import INVITATION_SALT, Invitation, Membership
from .ministry import Grant, Ministry, MinistryMember
from .notice import NEWS, Delivery, Digest, Notice, NoticeChoice
from .outgoing_mail import STOP_SALT, OutgoingMail, stop_token
from .programme_round import Cluster, Participation, ProgrammeRound, RoundStage, RoundStageKind
from .regency import Regency, RegencyFact, RegencyKind, TimeZone
from .security_event import SecurityEvent, SecurityEventKind
from .setup_link import SetupLink
from .user import User
