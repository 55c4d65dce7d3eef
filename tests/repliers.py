"""A seat whose office answers reviews, and the people who do it, for tests."""

from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.services import papers
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store.register import Paper
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation

AUTHOR = Staff("staff-2", "k.boateng", "Kofi Boateng", frozenset({Role.REPLY_AUTHOR}))
PROVIDER = Staff("staff-3", "a.osei", "Dr. Amara Osei", frozenset({Role.PROVIDER}))
OFFICER = Staff("staff-4", "p.lindqvist", "Pia Lindqvist", frozenset({Role.PRIVACY_OFFICER}))
OWNER = Staff("staff-5", "s.ward", "Dr. Sam Ward", frozenset({Role.PROVIDER, Role.PRIVACY_OFFICER}))
TEAM = (AUTHOR, PROVIDER, OFFICER)

SAFE = "Thank you for the feedback. We read every comment."
DOUBTFUL = "We are sorry you had a bad experience."
STOPPED = "You missed two appointments before your root canal."
PAPERS = {
    Paper.SOCIAL_MEDIA_POLICY: "Version 3",
    Paper.PRIVACY_NOTICE: "Version 2026-01",
    Paper.PRIVACY_OFFICIAL: "Pia Lindqvist",
    Paper.CONTACT_NAME: "Jo Park",
}


def sits(seat: Workstation, who: Staff, *, alone: bool = False) -> Desk:
    """The seat's desk with somebody at it."""
    return replace(seat.desk, staff=who, team=(who,) if alone else TEAM)


def stock(seat: Workstation, *, on_file: bool = True) -> None:
    """One office with a review, and its papers on file."""
    exchange = seat.gateway
    exchange.put(samples.office(), samples.provider(), samples.review())
    seat.cycle()
    if on_file:
        papers.put(sits(seat, OFFICER), PAPERS)


def pass_posting_delay(seat: Workstation) -> None:
    """Let the time for taking back pass, then talk to the exchange."""
    seat.clock.advance(seconds=seat.desk.posting_seconds + 1)
    seat.cycle()
