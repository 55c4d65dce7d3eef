"""What the register of patients' requests shows."""

from __future__ import annotations

from carekraft_desktop.presenters.pieces import Empty, Problem, Row
from carekraft_desktop.value import Value


class Choices(Value, frozen=True):
    """Codes with their words."""

    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class FeeState(Value, frozen=True):
    """What the copy costs, as it stands in the fields."""

    copying: str = ""
    supplies: str = ""
    postage: str = ""
    tell: bool = False
    """There is a fee of which nobody has told the patient."""


class RecipientState(Value, frozen=True):
    """To whom the copy goes."""

    under: Choices = Choices()
    """A signed writing of its own (empty code), or an authorization on file."""
    named: str = ""
    """Who gets it and why, once it is put down; empty while it goes to whoever asks."""


class AskedState(Value, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    selected: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    title: str = ""
    identities: Choices = Choices()
    delays: Choices = Choices()
    denials: Choices = Choices()
    endings: Choices = Choices()
    may_hand_over: bool = False
    accounting: bool = False
    may_amend: bool = False
    may_disagree: bool = False
    letter: bool = False
    fee: FeeState | None = None
    """None where nothing is copied."""
    recipient: RecipientState | None = None
    first: tuple[str, ...] = ()
    """What has to be done before it can be handed over."""
    may_find: bool = False
    """Whoever looks may take a request by the booking number of somebody who was erased."""
    found: Problem | None = None
    """Why a booking number led to nobody."""
    stamp: int = 0
    """Grows when fields have to be filled anew."""
    phrase: str = ""
    """Shown once, never kept."""
    said: str = ""
    empty: Empty | None = None
    problem: Problem | None = None
