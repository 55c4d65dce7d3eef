"""What is chosen for a draft: agreement, provider, time, how; any change voids its message."""

from collections.abc import Callable

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.directory import Entry
from carekraft_desktop.domain.permissions import Refusal
from carekraft_desktop.domain.referrals import Work
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere
from carekraft_desktop.services import referral_rules
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.referral_rows import draft
from carekraft_desktop.store import directory, referrals
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import replace


def agree(desk: Desk, referral_id: str, *, agreed: bool) -> None:
    """Somebody at the desk has asked the patient, who agrees to this very booking."""

    def change(work: Work) -> Work:
        by, at = (desk.staff.id, desk.now()) if agreed else ("", 0)
        return replace(work, agreed_by=by, agreed_at=at)

    _change(desk, referral_id, "referral.agree", change, detail="yes" if agreed else "no")


def act_for(desk: Desk, referral_id: str, referring: str) -> None:
    """Name the provider of this office on whose behalf it is; never leaves the office."""
    _change(desk, referral_id, "referral.for", lambda work: replace(work, referring=referring))


def choose_provider(
    desk: Desk, referral_id: str, npi: str, location_id: str, *, specialty: str = ""
) -> Refusal | None:
    """Pick who is booked; for an organisation also the group.

    Picks the permission that covers it. The refusal is the reason if none does; the choice
    stands so that it can be seen.
    """
    desk.require(Right.REFER, "referral.choose", referral_id)
    with desk.store.write() as unit:
        work = draft(unit, referral_id)
        entry = directory.get(unit, npi, location_id)
        if entry is None:
            raise NoLongerThere
        chosen, refusal = picked(unit, work, entry, specialty, desk.now())
        referrals.save(unit, chosen)
        desk.note(unit, "referral.choose", referral_id, detail="provider")
        return refusal


def picked(
    unit: Reading, work: Work, entry: Entry, specialty: str, now: Moment
) -> tuple[Work, Refusal | None]:
    """The draft with this provider and the permission that covers it, or why none does.

    A time that was chosen, and the message, were another provider's and go.
    """
    modes = entry.modes or ("IN_PERSON",)
    chosen = replace(
        work,
        provider_npi=entry.npi,
        location_id=entry.location_id,
        specialty=specialty if entry.organisation else "",
        mode=work.mode if work.mode in modes else modes[0],
        slot_id="",
        start=0,
        end=0,
        wishes=(),
        message=b"",
        digest="",
        touched_at=now,
    )
    answer = referral_rules.usable(unit, chosen, now)
    if answer.permission is not None and answer.refusal is None:
        chosen = replace(chosen, permission_id=answer.permission.id)
    return chosen, answer.refusal


def choose_time(desk: Desk, referral_id: str, slot_id: str, start: Moment, end: Moment) -> None:
    """Pick one of the times that the other office published."""
    _change(
        desk,
        referral_id,
        "referral.choose",
        lambda work: replace(work, slot_id=slot_id, start=start, end=end, wishes=()),
        detail="time",
    )


def choose_wishes(desk: Desk, referral_id: str, wishes: tuple[tuple[str, str], ...]) -> None:
    """Name up to three parts of days where there is no time to be had."""
    _change(
        desk,
        referral_id,
        "referral.choose",
        lambda work: replace(work, slot_id="", start=0, end=0, wishes=wishes[:3]),
        detail="wishes",
    )


def choose_how(
    desk: Desk,
    referral_id: str,
    *,
    visit_class: str | None = None,
    mode: str | None = None,
    earliest_ok: bool | None = None,
) -> None:
    """Pick a first or a further visit, the way of meeting, and whether earlier would suit."""
    _change(
        desk,
        referral_id,
        "referral.choose",
        lambda work: replace(
            work,
            visit_class=visit_class or work.visit_class,
            mode=mode or work.mode,
            earliest_ok=work.earliest_ok if earliest_ok is None else earliest_ok,
        ),
        detail="how",
    )


def _change(
    desk: Desk,
    referral_id: str,
    action: str,
    change: Callable[[Work], Work],
    *,
    detail: str = "",
) -> None:
    """Change a draft; the message that was looked at before counts no more."""
    desk.require(Right.REFER, action, referral_id)
    with desk.store.write() as unit:
        work = change(draft(unit, referral_id))
        referrals.save(unit, replace(work, message=b"", digest="", touched_at=desk.now()))
        desk.note(unit, action, referral_id, detail=detail)
