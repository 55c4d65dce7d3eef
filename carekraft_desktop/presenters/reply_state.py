"""What the reply editor shows, and how a verdict becomes marks, hints and a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.reviews import Step
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.pieces import Mark, Problem, Tone
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from carekraft_desktop.domain.reviews import Review
    from carekraft_desktop.guardrail.checker import Finding, Verdict

TONE: dict[Severity, Tone] = {
    Severity.PASS: Tone.GOOD,
    Severity.REMIND: Tone.QUIET,
    Severity.REVIEW: Tone.WARN,
    Severity.BLOCK: Tone.BAD,
}
ORDER = (Step.PUBLISH, Step.FINISH, Step.SUGGEST, Step.COOL)
"""What Ctrl+Enter does, the first of these that is lawful."""


class Hint(Value, frozen=True):
    """One thing that may not stand: where, why, and what to write instead."""

    start: int
    """In characters of the text, not in Qt's units."""
    end: int
    tone: Tone
    why: str
    instead: str


class Ask(Value, frozen=True):
    """A password is wanted, of oneself or of the privacy officer who releases."""

    title: str
    advice: str
    officers: tuple[str, ...] = ()
    """Names to choose from; empty when it is one's own."""
    reasons: tuple[str, ...] = ()
    needs_code: bool = False
    busy: bool = False
    problem: Problem | None = None


class ReplyState(Value, frozen=True):
    """Everything in the editor."""

    review_id: str
    text: str
    stamp: int
    """Grows when the program replaces the text; the widget then takes it over."""
    hints: tuple[Hint, ...] = ()
    """The gravest first, each reason once."""
    marks: tuple[Hint, ...] = ()
    """Everything that is underlined, the gravest last so that it shows."""
    verdict: Mark | None = None
    counter: str = ""
    over: bool = False
    main: str = ""
    """Label of what Ctrl+Enter does; empty when nothing may be done."""
    also: str = ""
    """Label of the second way, handing on what one could publish; empty when there is none."""
    why_not: str = ""
    saved: str = ""
    offer: str = ""
    """A safe wording of what stands there; empty when nothing is better."""
    public: str = ""
    """The text as the public will see it."""
    office: str = ""
    templates: tuple[str, ...] = ()
    can_release: bool = False
    ask: Ask | None = None
    closing: bool = False
    """Whether to forget a stopped text is being asked."""
    changed: bool = False
    """The review reads differently from when the reply was begun."""
    returned: str = ""
    """Why a colleague gave it back."""
    gone: bool = False
    broken: bool = False
    problem: Problem | None = None


def reads(review: Review) -> tuple[object, ...]:
    """What a person reads of a review."""
    return review.text, review.rating, review.author, review.reply


def hints_of(verdict: Verdict) -> tuple[Hint, ...]:
    """Why and what instead, the gravest first, each reason once."""
    found: dict[str, Finding] = {}
    for each in sorted(verdict.findings, key=lambda each: (-each.severity, each.start)):
        found.setdefault(each.category, each)
    return tuple(_hint(each) for each in found.values())


def marks_of(verdict: Verdict) -> tuple[Hint, ...]:
    """Everything to underline, the gravest last so that it shows."""
    return tuple(_hint(each) for each in sorted(verdict.findings, key=lambda each: each.severity))


def _hint(finding: Finding) -> Hint:
    return Hint(
        finding.start, finding.end, TONE[finding.severity], finding.reminder, finding.next_step
    )


def mark_of(severity: Severity, *, empty: bool, over: bool) -> Mark:
    """The verdict in a word."""
    if empty:
        return Mark(wording.EMPTY_TEXT, Tone.QUIET, "info")
    if over:
        return Mark(wording.TOO_LONG, Tone.BAD)
    icon = "shield-check" if severity <= Severity.REMIND else ""
    return Mark(wording.VERDICT[severity], TONE[severity], icon)
