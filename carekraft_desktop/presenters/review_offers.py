"""One review on the screen, and what this person may do about it now, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.reviews import (
    Choice,
    Draft,
    Reason,
    Situation,
    Stage,
    Step,
    steps,
)
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import wording as words_of
from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.pieces import Mark, Tone
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.reviews import Sheet

MARK: dict[Stage, tuple[Tone, str]] = {
    Stage.NEW: (Tone.REQUESTED, "circle-dashed"),
    Stage.DRAFTED: (Tone.OFFERED, "pencil"),
    Stage.SUGGESTED: (Tone.OFFERED, "users"),
    Stage.COOLING: (Tone.OFFERED, "hourglass"),
    Stage.ON_ITS_WAY: (Tone.REQUESTED, "cloud-upload"),
    Stage.UNKNOWN: (Tone.OFFERED, "circle-question-mark"),
    Stage.BACK: (Tone.LATE, "circle-x"),
    Stage.ANSWERED: (Tone.CONFIRMED, "check"),
    Stage.NO_REPLY: (Tone.COMPLETED, "minus"),
}


class Offer(Value, frozen=True):
    """One thing that can be done."""

    name: str
    words: str
    advice: str = ""
    kind: str = ""
    """primary or danger, as buttons know it."""


class Note(Value, frozen=True):
    """Words that need attention."""

    title: str
    advice: str = ""
    tone: str = "quiet"
    icon: str = "info"


class Quote(Value, frozen=True):
    """A text of the office below the review."""

    title: str
    text: str
    public: bool = False
    """It is read by the public now."""


class Pane(Value, frozen=True):
    """Everything beside the list."""

    title: str
    """The reviewer's display name."""
    advice: str = ""
    stars: str = ""
    spoken_stars: str = ""
    written: str = ""
    text: str = ""
    mark: Mark | None = None
    reported: bool = False
    notes: tuple[Note, ...] = ()
    quotes: tuple[Quote, ...] = ()
    question: str = ""
    question_advice: str = ""
    offers: tuple[Offer, ...] = ()
    counts_down: bool = False


class _Around(Value, frozen=True):
    """What the parts of a pane need."""

    sheet: Sheet
    desk: Desk
    when: OfficeTime
    name: Callable[[str], str]

    @property
    def draft(self) -> Draft | None:
        return self.sheet.draft

    def may(self, right: Right) -> bool:
        return self.desk.staff.may(right)

    def lawful(self) -> frozenset[Step]:
        draft = self.draft
        if draft is None:
            return frozenset()
        alone = not any(each.id != self.desk.staff.id for each in self.desk.team)
        at = Situation(
            draft.severity, draft.author, draft.stage, draft.until, alone, self.desk.now()
        )
        return steps(self.desk.staff, at)


def pane_of(
    sheet: Sheet, desk: Desk, when: OfficeTime, *, step: str, name: Callable[[str], str]
) -> Pane:
    """The pane of one review.

    Args:
        sheet: the review with everything about it.
        desk: who looks.
        when: the office's zone.
        step: the question that is being asked, empty for the first choices.
        name: a colleague's name by id.
    """
    around = _Around(sheet, desk, when, name)
    review, stage = sheet.review, sheet.stage
    tone, icon = MARK[stage]
    question, advice, offers = _asked(step) if step else ("", "", _choices(around))
    edited = f", edited {when.day_and_clock(review.edited_at)}" if review.edited_at else ""
    return Pane(
        title=review.author,
        stars=wording.stars(review.rating),
        spoken_stars=wording.spoken_stars(review.rating),
        written=f"{when.day_and_clock(review.written_at)}{edited}",
        text=review.text,
        mark=Mark(wording.STAGE[stage], tone, icon),
        reported=review.reported,
        notes=_notes(around),
        quotes=_quotes(around),
        question=question,
        question_advice=advice,
        offers=offers,
        counts_down=_waits(around) and _seconds(around) > 0,
    )


def _waits(around: _Around) -> bool:
    last = around.sheet.last
    stage = around.sheet.stage
    waiting = last is not None and last.delivery is Delivery.WAITING and not last.tries
    return stage is Stage.ON_ITS_WAY and waiting


def _seconds(around: _Around) -> int:
    last = around.sheet.last
    return max(0, last.next_at - around.desk.now()) if last is not None else 0


def _notes(around: _Around) -> tuple[Note, ...]:
    sheet = around.sheet
    notes: list[Note] = []
    if sheet.doubtful:
        words = wording.DOUBTFUL_NOTE
        notes.append(Note(words.title, words.advice, "bad", "triangle-alert"))
    if sheet.incidents:
        words = wording.INCIDENT
        notes.append(Note(words.title, words.advice, "bad", "circle-alert"))
    if sheet.stage is Stage.UNKNOWN:
        words = wording.UNKNOWN_NOTE
        notes.append(Note(words.title, words.advice, "warn", "circle-question-mark"))
    if sheet.stage is Stage.BACK and sheet.last is not None:
        words = wording.not_posted(words_of.why_not(sheet.last), tried=sheet.last.tries > 1)
        notes.append(Note(words.title, words.advice, "bad", "circle-x"))
    if _waits(around):
        notes.append(Note(wording.leaves_in(_seconds(around)), "", "quiet", "hourglass"))
    draft = around.draft
    if draft is not None and draft.stage is Stage.COOLING:
        at = around.when.shortly(draft.until, around.desk.now())
        notes.append(Note(wording.cooling_until(at), "", "quiet", "hourglass"))
    return tuple(notes)


def _quotes(around: _Around) -> tuple[Quote, ...]:
    sheet, quotes = around.sheet, []
    reply = sheet.review.reply
    if reply is not None:
        at = around.when.day_and_clock(reply.edited_at or reply.posted_at)
        quotes.append(Quote(f"{wording.PUBLIC}, {at}", reply.text, public=True))
    draft = around.draft
    if draft is not None and not draft.held:
        title = wording.SUGGESTED_TEXT if draft.stage is Stage.SUGGESTED else wording.DRAFT_TEXT
        quotes.append(Quote(f"{title} {wording.by(around.name(draft.author))}", draft.text))
    if sheet.stage in {Stage.ON_ITS_WAY, Stage.UNKNOWN, Stage.BACK} and sheet.last is not None:
        sent = [each for each in sheet.records if each.key == sheet.last.key]
        if sent:
            by = wording.by(around.name(sent[0].author))
            title = wording.SENT_TEXT[sheet.stage]
            quotes.append(Quote(f"{title} {by}", sent[0].text))
    return tuple(quotes)


def _choices(around: _Around) -> tuple[Offer, ...]:
    if not around.may(Right.DRAFT_REPLIES):
        return ()
    return _CHOICES[around.sheet.stage](around)


def _first_choices(around: _Around) -> tuple[Offer, ...]:
    """In the order of REQ-47; what cannot be done is left out, the order stays."""
    return tuple(
        Offer(choice, wording.CHOICE[choice].title, wording.CHOICE[choice].advice)
        for choice in Choice
        if choice is not Choice.REPORT or not around.sheet.review.reported
    )


def _on_its_way_choices(around: _Around) -> tuple[Offer, ...]:
    return (_offer("take-back"),) if _waits(around) else ()


def _draft_choices(around: _Around) -> tuple[Offer, ...]:
    draft = around.draft
    if draft is not None and draft.author != around.desk.staff.id:
        return (_offer("take-over"),)
    return (_offer("go-on", name="edit-go-on", kind="primary"), _offer("discard", kind="danger"))


def _suggested_choices(around: _Around) -> tuple[Offer, ...]:
    lawful = around.lawful()
    if Step.APPROVE in lawful:
        return (_offer("stranger"), _offer("give-back"), _offer("take-over"))
    draft = around.draft
    if draft is not None and draft.author == around.desk.staff.id:
        return (_offer("go-on", name="edit-go-on"), _offer("discard", kind="danger"))
    return (_offer("take-over"),)


def _public_choices(around: _Around) -> tuple[Offer, ...]:
    offers = [_offer("change"), _offer("withdraw"), _offer("take-down", kind="danger")]
    if around.sheet.doubtful and around.may(Right.APPROVE_DOUBTFUL):
        offers.append(_offer("let-stand"))
    return tuple(offers)


_CHOICES: dict[Stage, Callable[[_Around], tuple[Offer, ...]]] = {
    Stage.NEW: _first_choices,
    Stage.DRAFTED: _draft_choices,
    Stage.COOLING: _draft_choices,
    Stage.SUGGESTED: _suggested_choices,
    Stage.ON_ITS_WAY: _on_its_way_choices,
    Stage.UNKNOWN: lambda _around: (_offer("take-down", kind="danger"),),
    Stage.BACK: lambda _around: (_offer("text-back", kind="primary"), _offer("read")),
    Stage.ANSWERED: _public_choices,
    Stage.NO_REPLY: lambda _around: (_offer("answer"),),
}


def _asked(step: str) -> tuple[str, str, tuple[Offer, ...]]:
    """A question with its answers."""
    back = _offer("back")
    if step == Choice.REPORT:
        reasons = (Offer(f"reason-{each.value}", wording.REASON[each]) for each in Reason)
        return wording.REPORTING, "", (*reasons, back)
    if step == "give-back":
        reasons = (Offer(f"because-{key}", words) for key, words in wording.GIVE_BACK.items())
        return wording.GIVING_BACK, "", (*reasons, back)
    if step == "stranger":
        return wording.OFFER["stranger"], "", (_offer("publish", kind="primary"), back)
    if step == "take-down":
        words = wording.TAKE_DOWN_NOTE
        return words.title, words.advice, (_offer("take-down-now", kind="danger"), back)
    name = "edit-take-over" if step == "take-over" else "edit-new"
    read = Offer(name, wording.ENTRY_READ, kind="primary")
    return wording.ENTRY.title, wording.ENTRY.advice, (read, back)


def _offer(key: str, *, name: str = "", kind: str = "") -> Offer:
    return Offer(name or key, wording.OFFER[key], kind=kind)
