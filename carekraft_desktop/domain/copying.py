"""What a copy costs the patient, and to whom it goes when the patient wants another to have it.

A fee is cost-based and holds three parts only: the work of copying, supplies, postage (45 CFR
164.524(c)(4)); the patient is told of it first. A copy goes to somebody else only on a signed
writing that names them and where it goes (164.524(c)(3)(ii)), or under an authorization.
"""

from datetime import date
from enum import StrEnum

from carekraft_desktop.value import Value

MOST_CENTS = 100_000
"""More than this for a part is a slip of the finger."""


class FeeTold(StrEnum):
    """How the patient was told of the fee and said that they want it at that."""

    AT_THE_DESK = "at-the-desk"
    BY_PHONE = "by-phone"
    IN_WRITING = "in-writing"


class Fee(Value, frozen=True):
    """The three parts in cents, and when the patient agreed to them."""

    copying: int = 0
    supplies: int = 0
    postage: int = 0
    told_on: date | None = None
    told: FeeTold | None = None

    @property
    def cents(self) -> int:
        """All of it."""
        return self.copying + self.supplies + self.postage

    @property
    def may_go_on(self) -> bool:
        """Whether nothing of the fee stands before handing over."""
        return self.cents == 0 or self.told_on is not None

    @property
    def possible(self) -> bool:
        """Whether each part is a sum that can be."""
        return all(0 <= part <= MOST_CENTS for part in (self.copying, self.supplies, self.postage))


FREE = Fee()


class Directed(Value, frozen=True):
    """Somebody else to whom the copy goes, as the patient wrote and signed."""

    name: str
    address: str
    """Where it goes; a street or an e-mail address."""
    signed_on: date
    authorization_id: str = ""
    """Where it goes under an authorization on file instead of a writing of its own."""
