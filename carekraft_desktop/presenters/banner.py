"""How it stands with the exchange, in words: one line always, a bar when it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.pieces import Mark, Tone
from carekraft_desktop.presenters.times import ago
from carekraft_desktop.presenters.words import Words
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from carekraft_desktop.domain import Moment
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.sync import SyncState

_TONE: dict[str, tuple[Tone, str]] = {
    "never": (Tone.QUIET, "cloud-off"),
    "connecting": (Tone.QUIET, "refresh-cw"),
    "up-to-date": (Tone.GOOD, "cloud-check"),
    "receiving": (Tone.QUIET, "refresh-cw"),
    "refused": (Tone.BAD, "circle-alert"),
    "offline": (Tone.WARN, "cloud-off"),
    "busy": (Tone.QUIET, "hourglass"),
    "signed-out": (Tone.BAD, "plug"),
    "too-old": (Tone.BAD, "circle-alert"),
    "garbled": (Tone.WARN, "cloud-alert"),
    "stopped": (Tone.BAD, "circle-alert"),
    "terms": (Tone.WARN, "circle-pause"),
    "paused": (Tone.WARN, "circle-pause"),
}
_SERIOUS_AFTER = 120 * 60
_SILENT = frozenset({"offline", "busy", "garbled", "paused"})
"""Links under which time without contact counts."""


class BannerState(Value, frozen=True):
    """The line at the foot of the sidebar, and the bar above the page."""

    mark: Mark
    """Always visible, in words: Up to date at 09:42, 3 waiting."""
    bar: Words | None = None
    """What needs attention; None when all is well."""
    bar_tone: Tone = Tone.WARN
    action: str = ""
    """Label of the one thing to do about it, empty when there is none."""


def banner(sync: SyncState, *, when: OfficeTime, now: Moment) -> BannerState:
    """The words for a state of the synchronization."""
    link = sync.link.value
    tone, icon = _TONE[link]
    word = _line(sync, link, when) + wording.waiting(sync.waiting)
    bar, bar_tone = _bar(sync, link, now)
    return BannerState(
        mark=Mark(word, bar_tone if bar is not None and tone is Tone.WARN else tone, icon),
        bar=bar,
        bar_tone=bar_tone,
        action=_action(link) if bar is not None or link == "paused" else "",
    )


def _line(sync: SyncState, link: str, when: OfficeTime) -> str:
    if sync.receiving is not None and link in {"connecting", "receiving"}:
        return wording.receiving(*sync.receiving)
    if sync.last_contact is None:
        return wording.LINK_WITHOUT_TIME.get(link, wording.LINK[link])
    return wording.LINK[link].format(at=when.clock(sync.last_contact))


def _bar(sync: SyncState, link: str, now: Moment) -> tuple[Words | None, Tone]:
    advice = wording.LINK_ADVICE.get(link)
    if advice is not None and link != "garbled":
        return advice, Tone.BAD
    if link in _SILENT:
        words = _silence(sync, link, now)
        if words is not None:
            return words
    if sync.quarantined:
        return wording.quarantined(sync.quarantined), Tone.WARN
    return None, Tone.WARN


def _silence(sync: SyncState, link: str, now: Moment) -> tuple[Words, Tone] | None:
    if sync.last_contact is None:
        return (wording.NO_OLD_NEWS, Tone.WARN) if link != "busy" else None
    silent = now - sync.last_contact
    for least, words in wording.OFFLINE_STEPS:
        if silent >= least:
            title = words.title.format(age=ago(silent))
            tone = Tone.BAD if silent >= _SERIOUS_AFTER else Tone.WARN
            return Words(title, words.advice), tone
    return (wording.LINK_ADVICE["garbled"], Tone.WARN) if link == "garbled" else None


def _action(link: str) -> str:
    if link == "paused":
        return "Go online"
    return "Try now" if link in {"offline", "busy", "garbled", "never"} else ""
