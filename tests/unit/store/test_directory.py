"""Finding a provider: the nearest come first, however many there are around."""

import random

from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.directory import Entry, Wanted, miles
from carekraft_desktop.store import directory
from tests.desks import Workstation, exchange, seat, template
from tests.fakes.referring import entry

__all__ = ["exchange", "seat", "template"]
HERE = (41.88, -87.63)
CROWD = 3_000
"""More than one look goes through."""


def crowded(seat: Workstation, group: Specialty = Specialty.CARDIOLOGY) -> list[Entry]:
    """A town with more providers than one look goes through, the far ones first."""
    chance = random.Random(5)
    made = [
        entry(
            number,
            f"Dr. Number {number:05d}",
            group,
            latitude=HERE[0] + chance.uniform(-0.06, 0.06),
            longitude=HERE[1] + chance.uniform(-0.08, 0.08),
        )
        for number in range(CROWD)
    ]
    made.sort(key=lambda each: -miles(HERE, (each.latitude, each.longitude)))
    with seat.store.write() as unit:
        directory.put(unit, made)
    return made


def test_of_a_crowd_the_nearest_are_found_by_group_by_name_and_without(seat: Workstation) -> None:
    made = crowded(seat)
    near = [each.key for each in reversed(made)][:60]
    assert CROWD > directory.MOST_LOOKED_AT
    for wanted in (
        Wanted(group=Specialty.CARDIOLOGY, near=HERE),
        Wanted(group=Specialty.CARDIOLOGY, near=HERE, within=20.0),
        Wanted(words="dr number", near=HERE),
        Wanted(near=HERE),
    ):
        with seat.store.read() as unit:
            found = directory.find(unit, wanted, most=60)
        assert [each.entry.key for each in found] == near


def test_a_name_is_found_among_those_allowed_behind_a_crowd_of_others(seat: Workstation) -> None:
    crowded(seat)
    far = entry(
        9_001, "Dr. Number Last", Specialty.NEUROLOGY, latitude=HERE[0] + 5, longitude=HERE[1]
    )
    named = entry(9_002, "Dr. Number Named", Specialty.DERMATOLOGY, latitude=45.0, longitude=-80.0)
    with seat.store.write() as unit:
        directory.put(unit, [far, named])
    allowed = frozenset({Specialty.NEUROLOGY})
    wanted = Wanted(words="number", near=HERE, allowed=allowed, named=frozenset({named.npi}))
    with seat.store.read() as unit:
        found = directory.find(unit, wanted, most=60)
    assert [each.entry.key for each in found] == [far.key, named.key]
