"""Partners outside the exchange in memory, for pictures and for tests of their page."""

# ruff: noqa: ARG002 - the shape is the service's

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carekraft_desktop.domain.partners import Partner
from carekraft_desktop.errors import CareKraftError, PartnerInUse
from carekraft_desktop.presenters.partners import Typed
from carekraft_desktop.services.partners import Known
from carekraft_desktop.value import replace
from tests.fakes.referring import HEART, SKIN

if TYPE_CHECKING:
    from carekraft_desktop.services.desk import Desk

KEY = {"kty": "EC", "crv": "P-384", "x": "x", "y": "y", "d": "secret-half", "kid": "k"}
LAKESIDE = Partner(
    "partner-1",
    "Lakeside Heart Center",
    "https://fhir.lakeside.example.com/r4",
    "office-17",
    (HEART.npi,),
    KEY,
    tested_at=1,
)
SKINCARE = Partner(
    "partner-2",
    "Oak Park Skin",
    "https://fhir.skin.example.com",
    "carekraft",
    (SKIN.npi,),
    KEY,
    tested_at=1,
    problem="signed-out",
)


@dataclass
class FakePartners:
    """Keeps whoever is filled in, or refuses with what was set."""

    there: list[Partner] = field(default_factory=lambda: [LAKESIDE, SKINCARE])
    refuses: CareKraftError | None = None
    finds: str = ""
    """What the next test of a connection finds."""
    open: int = 0
    did: list[str] = field(default_factory=list)

    def every(self, desk: "Desk") -> tuple[Known, ...]:
        """All of them."""
        entries = {HEART.npi: HEART, SKIN.npi: SKIN}
        return tuple(
            Known(p, tuple(entries[npi] for npi in p.numbers if npi in entries), self.open)
            for p in self.there
        )

    def keep(self, desk: "Desk", typed: Typed) -> str:
        """One more, or changed."""
        if self.refuses is not None:
            raise self.refuses
        id_ = typed.id or f"partner-{len(self.there) + 1}"
        made = Partner(id_, typed.name, typed.address, typed.client_id, typed.numbers, KEY)
        self.there = [each for each in self.there if each.id != id_] + [made]
        self.did.append(f"keep {id_}")
        return id_

    def test(self, desk: "Desk", partner_id: str) -> str:
        """Finds what was set."""
        self.there = [
            replace(each, tested_at=1, problem=self.finds) if each.id == partner_id else each
            for each in self.there
        ]
        self.did.append(f"test {partner_id}")
        return self.finds

    def remove(self, desk: "Desk", partner_id: str) -> None:
        """One less."""
        if self.open:
            raise PartnerInUse
        self.there = [each for each in self.there if each.id != partner_id]
        self.did.append(f"remove {partner_id}")

    def public_key(self, known: Known) -> str:
        """The public half."""
        return '{"keys":[{"kty":"EC"}]}'
