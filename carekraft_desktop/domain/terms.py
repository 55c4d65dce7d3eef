"""The terms and the privacy policy in their versions: which is in force on a day, and what waits."""

from collections.abc import Sequence
from datetime import date

from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Value


class Terms(Value, frozen=True):
    """One version, as CareKraft published it."""

    version: str
    title: str
    since: date
    """The day from which it counts."""
    heard_at: Moment
    lines: tuple[str, ...]
    """What is new, in plain sentences."""


def in_force(versions: Sequence[Terms], day: date) -> Terms | None:
    """The one version that counts on a day; None before the first."""
    begun = [each for each in versions if each.since <= day]
    return max(begun, key=lambda each: (each.since, each.heard_at), default=None)


def newest(versions: Sequence[Terms]) -> Terms | None:
    """The version that was published last, whether or not its day has come."""
    return max(versions, key=lambda each: (each.heard_at, each.since), default=None)
