"""The steps that only show the draft: for whom, agreement, telephone, check, and the summary."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from carekraft_desktop.domain import payload
from carekraft_desktop.presenters import wording, wording_partners
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.pieces import Empty
from carekraft_desktop.presenters.referral_state import At, How, Option, WizardState, digit
from carekraft_desktop.presenters.referral_times import there
from carekraft_desktop.presenters.times import short_day

if TYPE_CHECKING:
    from carekraft_desktop.domain import Moment
    from carekraft_desktop.presenters.referral_in_hand import InHand
    from carekraft_desktop.presenters.times import OfficeTime


def who(patients: tuple[tuple[str, str], ...]) -> WizardState:
    """The patients who wait for a referral."""
    options = tuple(Option(name, digit=digit(n)) for n, (_, name) in enumerate(patients))
    empty = Empty(words.NOBODY.title, words.NOBODY.advice, icon="users")
    return WizardState(
        At.WHO,
        words.WHO.title,
        words.WHO.advice,
        options=options,
        empty=None if options else empty,
    )


def agreement(hand: InHand) -> WizardState:
    """The patient is asked, and agrees."""
    own = hand.own()
    ids = [each.id for each in own]
    referring = hand.work.referring
    return WizardState(
        At.AGREE,
        words.AGREE.title,
        words.AGREE.advice,
        note=words.AGREE_SAY,
        agreed=bool(hand.work.agreed_by),
        referring=("Nobody in particular", *(each.name for each in own)),
        acting_for=ids.index(referring) + 1 if referring in ids else 0,
    )


def script(at: At, hand: InHand, office: str) -> WizardState:
    """What to say on the telephone; it lies over the step `at`."""
    entry = hand.entry
    title = words.SCRIPT_TITLE
    return WizardState(
        at,
        title.title,
        title.advice,
        script=words.script(office, entry.phone if entry is not None else ""),
    )


def check(
    hand: InHand, when: OfficeTime, digest: str, *, kept_until: Moment, online: bool
) -> WizardState:
    """The bytes that will leave; `digest` is empty where there are none."""
    work = hand.work
    message = _message(work.message) if digest else ()
    modes = hand.modes
    note = ""
    if kept_until > 0:
        note = words.kept_until(when.clock(kept_until))
    elif kept_until < 0:
        note = words.NOT_HELD
    way = hand.open.line.way if hand.open is not None else None
    if way is not None and kept_until < 0:
        note = wording_partners.NOT_HELD.format(name=way.name)
    advice = words.CHECK.advice
    if way is not None:
        advice = wording_partners.CHECK_ADVICE.format(name=way.name)
    return WizardState(
        At.CHECK,
        words.CHECK.title,
        advice,
        note=note,
        how=How(
            work.visit_class == "NEW",
            tuple(words.MODE[mode] for mode in modes),
            modes.index(work.mode) if work.mode in modes else 0,
            work.earliest_ok,
        ),
        message=message,
        residual=words.RESIDUAL if message else "",
        proof=words.bytes_note(len(work.message), work.digest) if message else "",
        can_send=bool(digest) and bool(work.agreed_by),
        send=words.SEND if online and (kept_until >= 0 or way is not None) else words.SAVE,
        warning=hand.warning,
    )


def _message(data: bytes) -> tuple[tuple[str, str], ...]:
    """The members of the bytes that are kept to be sent, read from those bytes."""
    if not data:
        return ()
    parts = payload.parts(payload.read(data).booking)
    return tuple((words.field(name), value) for name, value in parts)


def summary(hand: InHand, when: OfficeTime) -> tuple[tuple[str, str], ...]:
    """What has been chosen so far, beside every step."""
    if hand.open is None:
        return ()
    line, work, entry = hand.open.line, hand.work, hand.entry
    own = {each.id: each.name for each in hand.own()}
    found = [("Patient", line.name or wording.NAME_MISSING)]
    found.append(("Asked", "Yes, agrees" if work.agreed_by else "Not yet"))
    if work.referring in own:
        found.append(("For", own[work.referring]))
    if entry is not None:
        found.append(("Provider", entry.name))
        found.append(("Place", f"{entry.line}, {entry.city} {entry.state} {entry.zip5}"))
    if work.slot_id:
        found.append(("Time", when.day_and_clock(work.start)))
        theirs = there(work.start, entry, when)
        if theirs:
            found.append(("There", theirs))
    for number, (day, part) in enumerate(work.wishes, 1):
        found.append(
            (f"Suits {number}", f"{short_day(date.fromisoformat(day))}, {words.PART[part]}")
        )
    return tuple(found)
