"""What the page of referrals shows: folders, their rows, the one that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.referrals import Folder
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from carekraft_desktop.presenters.pieces import Empty, Mark, Problem, Row
    from carekraft_desktop.presenters.referral_state import Option, WizardState

HEADS = ("Patient", "With", "When", "State")
ACCOUNTING = "accounting"
"""The place of the disclosures, beside the folders."""


class FolderState(Value, frozen=True):
    """One folder in the list of them."""

    key: str
    words: str
    count: int
    urgent: bool = False


class Deed(Value, frozen=True):
    """One thing that can be done with what is looked at."""

    name: str
    words: str
    key: str
    icon: str
    primary: bool = False
    danger: bool = False


class PaneState(Value, frozen=True):
    """The referral that is looked at."""

    title: str
    mark: Mark
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    deeds: tuple[Deed, ...] = ()
    message: tuple[tuple[str, str], ...] = ()
    """What was sent, member by member, with times as the office writes them."""
    raw: tuple[str, ...] = ()
    """The same values to the letter, one for each member."""
    asking: tuple[Option, ...] = ()
    """Reasons or times to choose from."""
    ask: str = ""


class ReferralsState(Value, frozen=True):
    """Everything on the page."""

    folders: tuple[FolderState, ...] = ()
    chosen: str = Folder.ATTENTION.value
    rows: tuple[Row, ...] = ()
    selected: str = ""
    pane: PaneState | None = None
    empty: Empty | None = None
    problem: Problem | None = None
    notice: Problem | None = None
    """That nothing may be referred, and why."""
    can_record: bool = False
    wizard: WizardState | None = None
    may_begin: bool = True
