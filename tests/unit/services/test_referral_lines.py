"""The board of referrals: right line by line, and read as quickly however long it grows."""

import pytest

from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.directory import Entry
from carekraft_desktop.domain.partners import Partner
from carekraft_desktop.domain.patients import Patient
from carekraft_desktop.domain.referrals import Work
from carekraft_desktop.services import referral_board
from carekraft_desktop.services.referral_lines import Way
from carekraft_desktop.store import directory, partners, patients, referrals
from carekraft_desktop.store.unit import Reading
from tests.desks import Workstation


def _entry(number: int) -> Entry:
    return Entry(
        npi=f"{1000000000 + number}",
        location_id=f"loc-{number}",
        name=f"Dr. Number {number}",
        groups=(Specialty.CARDIOLOGY,),
        line="12 Example Street",
        city="Chicago",
        state="IL",
        zip5="60601",
        latitude=41.9,
        longitude=-87.6,
        zone="America/Chicago",
        phone="312-555-0150",
        plans=(),
        languages=(),
        modes=("IN_PERSON",),
        new_patients=True,
        wants_sex=False,
    )


def _drafts(seat: Workstation, first: int, last: int) -> None:
    with seat.store.write() as unit:
        directory.put(unit, [_entry(n) for n in range(first, last)])
        patients.put(
            unit,
            [Patient(f"p-{n}", 1, f"Person {n}", f"Person {n}") for n in range(first, last)],
            force=True,
        )
        for n in range(first, last):
            referrals.save(
                unit,
                Work(
                    f"r-{n}",
                    f"p-{n}",
                    provider_npi=_entry(n).npi,
                    location_id=_entry(n).location_id,
                    touched_at=n,
                ),
            )


def test_each_line_has_its_own_patient_provider_and_partner(seat: Workstation) -> None:
    _drafts(seat, 0, 4)
    with seat.store.write() as unit:
        partners.put(unit, Partner("par-1", "Heart Center", "", "", (_entry(2).npi,), {}))
        directory.put(unit, [], gone=[_entry(1).key])
        patients.forget(unit, ["p-0"])
    found = {line.referral.id: line for line in referral_board.board(seat.desk).sent}
    assert {id_: line.name for id_, line in found.items()} == {
        "r-0": "",
        "r-1": "Person 1",
        "r-2": "Person 2",
        "r-3": "Person 3",
    }
    assert found["r-1"].entry is None
    assert found["r-3"].entry == _entry(3)
    assert [found[f"r-{n}"].way for n in range(4)] == [None, None, Way("Heart Center"), None]


def test_a_board_takes_as_many_queries_however_many_referrals_there_are(
    seat: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    rows, row = Reading.rows, Reading.row

    def counted(self: Reading, sql: str, *values: object) -> object:
        asked.append(sql)
        return rows(self, sql, *values)

    def counted_one(self: Reading, sql: str, *values: object) -> object:
        asked.append(sql)
        return row(self, sql, *values)

    monkeypatch.setattr(Reading, "rows", counted)
    monkeypatch.setattr(Reading, "row", counted_one)
    counts = []
    for last in (3, 60):
        _drafts(seat, 0, last)
        asked.clear()
        assert len(referral_board.board(seat.desk).sent) == last
        referral_board.count_attention(seat.desk)
        counts.append(len(asked))
    assert counts[0] == counts[1]
