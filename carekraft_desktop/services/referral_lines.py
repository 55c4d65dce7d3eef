"""What a list says of referrals beside themselves: names, recipients, partners, answers under way.

Gathered in a few queries, however many there are: a board of thousands is read at every act.
"""

from collections.abc import Iterable, Mapping, Sequence

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.directory import Entry
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.referrals import Record, Referral, Stage
from carekraft_desktop.store import directory, outbox, partners, patients
from carekraft_desktop.store.outbox import Standing
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value

_TO_PARTNERS = (Act.DELIVER, Act.RECALL, Act.CARRY)
_NOTHING: Mapping[Act, Standing] = {}


class Way(Value, frozen=True):
    """A partner outside the exchange, and how far a referral has come on its way there."""

    name: str
    """What the office calls the partner."""
    delivery: Delivery | None = None
    """None for a draft, and for what another desk of the office carries."""
    problem: str = ""
    recalled: Delivery | None = None
    """How far a cancellation at the partner has come; None when there is none."""
    taken: bool = False
    """The exchange has taken the permission."""


class Line(Value, frozen=True):
    """One of the office's referrals with what a list shows of it."""

    referral: Referral
    name: str
    """The patient's; empty when it is not here (any more)."""
    entry: Entry | None
    """With whom; None before one is chosen, or when the directory no longer has it."""
    way: Way | None = None
    """By which partner it goes; None for the exchange."""


class Arrived(Value, frozen=True):
    """A referral that another office made with this one."""

    record: Record
    name: str
    answering: bool
    """An answer is on its way."""


def of_sent(unit: Reading, sent: Sequence[Referral]) -> tuple[Line, ...]:
    """The office's own referrals, in their order."""
    names = _names(unit, (each.work.patient_id for each in sent))
    numbers = sorted({each.work.provider_npi for each in sent} - {""})
    entries = directory.of_numbers(unit, numbers)
    ways = _Ways(unit)
    return tuple(
        Line(
            each,
            names.get(each.work.patient_id, ""),
            entries.get((each.work.provider_npi, each.work.location_id)),
            ways.of(each),
        )
        for each in sent
    )


def of_received(unit: Reading, received: Sequence[Record]) -> tuple[Arrived, ...]:
    """Those of other offices, in their order."""
    names = _names(unit, (each.patient_id for each in received))
    answered = outbox.open_about(unit) if received else frozenset()
    return tuple(
        Arrived(each, names.get(each.patient_id, ""), each.id in answered) for each in received
    )


def _names(unit: Reading, patient_ids: Iterable[str]) -> dict[str, str]:
    return patients.names(unit, sorted(set(patient_ids) - {""}))


class _Ways:
    """By which partner each goes; an office without partners asks nothing more."""

    def __init__(self, unit: Reading) -> None:
        """Read all partners; there are a handful."""
        every = partners.every(unit)
        self._by_id = {each.id: each for each in every}
        self._by_number = {npi: each for each in every for npi in each.numbers}
        self._carried = partners.every_carried(unit) if every else {}
        self._asked = outbox.standing(unit, _TO_PARTNERS) if every else {}

    def of(self, referral: Referral) -> Way | None:
        carried = self._carried.get(referral.id)
        draft = referral.stage is Stage.DRAFT
        asked = self._asked.get(referral.id, _NOTHING)
        if draft or carried is None:
            if not draft and Act.DELIVER not in asked:
                return None
            partner = self._by_number.get(referral.work.provider_npi)
        else:
            partner = self._by_id.get(carried.partner_id)
        if partner is None:
            return None
        if draft:
            return Way(partner.name)
        deliver, recall = asked.get(Act.DELIVER), asked.get(Act.RECALL)
        carry = asked.get(Act.CARRY)
        return Way(
            partner.name,
            deliver.delivery if deliver is not None else None,
            deliver.problem if deliver is not None else "",
            recall.delivery if recall is not None else None,
            taken=carry is not None and carry.delivery is Delivery.APPLIED,
        )
