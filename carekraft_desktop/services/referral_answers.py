"""What another office booked here: this office's open times for it, accept, decline."""

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.referrals import AcceptReferral, DeclineCode, DeclineReferral
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import REFERRAL, Intention
from carekraft_desktop.domain.referrals import DAY, Stage
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Opening
from carekraft_desktop.errors import IllegalStep, NoLongerThere
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.referral_rows import under_way
from carekraft_desktop.store import office as offices
from carekraft_desktop.store import outbox, referrals

OPENINGS_DAYS, MOST_OPENINGS = 28, 40


def own_openings(desk: Desk, referral_id: str) -> tuple[Opening, ...]:
    """This office's own open times that fit the parts of days another office named.

    Raises:
        NoLongerThere: it is gone.
    """
    desk.require(Right.REFER, "referral.openings", referral_id)
    now = desk.now()
    with desk.store.read() as unit:
        record = referrals.record(unit, referral_id)
        if record is None:
            raise NoLongerThere
        found = [
            opening
            for provider in offices.providers(unit)
            for opening in offices.openings(unit, provider.id, now, now + OPENINGS_DAYS * DAY)
        ]
    return tuple(sorted(found, key=lambda opening: opening.start)[:MOST_OPENINGS])


def accept(desk: Desk, referral_id: str, slot_id: str = "") -> None:
    """Take what another office booked here; with a slot where it named only parts of days."""
    body = AcceptReferral(slot_id=slot_id) if slot_id else AcceptReferral()
    _answer(desk, referral_id, Act.ACCEPT_REFERRAL, encode(body).decode())


def decline(desk: Desk, referral_id: str, code: DeclineCode) -> None:
    """Refuse what another office booked here, with one of the closed codes."""
    body = encode(DeclineReferral(code)).decode()
    _answer(desk, referral_id, Act.DECLINE_REFERRAL, body, detail=code)


def _answer(desk: Desk, referral_id: str, act: Act, body: str, *, detail: str = "") -> None:
    desk.require(Right.REFER, f"referral.{act}", referral_id)
    now = desk.now()
    with desk.store.write() as unit:
        record = referrals.record(unit, referral_id)
        if record is None or record.sent:
            raise NoLongerThere
        if record.stage is not Stage.PROPOSED or under_way(unit, referral_id):
            raise IllegalStep(act)
        outbox.append(
            unit,
            Intention(
                key=desk.ids.new(),
                about=referral_id,
                act=act,
                if_version=record.version,
                actor=desk.staff.id,
                made_at=now,
                visit_start=record.start,
                next_at=now + desk.undo_seconds,
                kind=REFERRAL,
                body=body,
            ),
        )
        desk.note(unit, f"referral.{act}", referral_id, detail=detail)
