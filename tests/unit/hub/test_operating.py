"""The operator's work: offices, codes, workstations, lag, export and erasure."""

import argparse
import json
import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import func, select

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.feed import Acks, Item, Quarantined
from carekraft_desktop.errors import CodeRefused
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.exchange.gateway import enrol
from carekraft_desktop.exchange.incoming import read
from carekraft_desktop.hub import command, lag_command, operating, tables
from carekraft_desktop.hub.operating import NotAZone, Taken, Unknown
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.hub_fixture import NOON, Hub
from tests.unit.hub.bench import Bench

OTHER = "office-7"


def open_other(bench: Bench | Hub) -> None:
    bench.write(
        lambda c: operating.add_office(
            c, OTHER, name="Harbor Clinic", zone="America/New_York", phone="212-555-0100", at=NOON
        )
    )


def test_an_office_is_opened_with_its_own_record(bench: Bench) -> None:
    open_other(bench)
    lines = bench.read(operating.offices)
    assert [(each.office_id, each.workstations) for each in lines] == [(OTHER, 0), (OFFICE_ID, 0)]
    (line,) = bench.read(lambda c: list(operating.export(c, OTHER)))
    office = read(decode(line, Item))
    assert (office.name, office.zone) == ("Harbor Clinic", "America/New_York")  # type: ignore[union-attr]


def test_an_id_is_given_once_and_a_zone_must_exist(bench: Bench) -> None:
    open_other(bench)
    with pytest.raises(Taken):
        open_other(bench)
    with pytest.raises(NotAZone):
        bench.write(
            lambda c: operating.add_office(c, "x", name="X", zone="Mars/Base", phone="", at=NOON)
        )
    assert len(bench.read(operating.offices)) == 2


@pytest.mark.parametrize(
    "work",
    [
        lambda c: operating.issue_code(c, "nowhere", NOON),
        lambda c: operating.void_codes(c, "nowhere"),
        lambda c: list(operating.export(c, "nowhere")),
        lambda c: operating.erase(c, "nowhere"),
    ],
)
def test_an_office_that_is_not_there_is_said(bench: Bench, work: object) -> None:
    with pytest.raises(Unknown):
        bench.write(work)  # type: ignore[arg-type]


def test_a_code_enrols_into_its_office_and_a_voided_one_does_not(hub: Hub) -> None:
    open_other(hub)
    codes = [hub.write(lambda c: operating.issue_code(c, OTHER, NOON)) for _ in range(2)]

    def try_to_enrol(code: str) -> str:
        with_clock = {"clock": FakeClock(NOON), "ids": FakeIds()}
        return enrol(hub.url, code=code, name="Desk", **with_clock)[0].office_id  # type: ignore[arg-type]

    assert try_to_enrol(codes[0]) == OTHER
    assert hub.write(lambda c: operating.void_codes(c, OTHER)) == 1
    assert hub.write(lambda c: operating.void_codes(c, OTHER)) == 0
    for code in codes:
        with pytest.raises(CodeRefused):
            try_to_enrol(code)


def test_lag_is_what_a_workstation_last_reported(hub: Hub) -> None:
    desk = hub.enrol("Desk A")
    (line,) = hub.read(lambda c: operating.lag(c, NOON))
    assert (line.name, line.behind, line.silent) == ("Desk A", None, None)
    page = desk.page(limit=100)
    held = [Quarantined("booking", "b", 1, "no-time")]
    assert desk.post("/acks", Acks(page.cursor, quarantined=held)).ok
    (line,) = hub.read(lambda c: operating.lag(c, NOON, OFFICE_ID))
    assert (line.behind, line.silent, line.quarantined) == (page.head - 100, 0, 1)
    assert hub.read(lambda c: operating.lag(c, NOON, OTHER)) == []


def test_a_cursor_of_another_life_counts_as_the_beginning(hub: Hub) -> None:
    desk = hub.enrol()
    assert desk.post("/acks", Acks(desk.page().cursor)).ok
    hub.play("restore")
    (line,) = hub.read(lambda c: operating.lag(c, NOON))
    head = hub.read(lambda c: c.scalar(select(tables.feed.c.last_seq)))
    assert line.behind == head


def test_an_export_is_the_whole_feed(hub: Hub) -> None:
    items, _ = hub.enrol().everything()
    lines = hub.read(lambda c: list(operating.export(c, OFFICE_ID)))
    assert [decode(line, Item).id for line in lines] == [item.id for item in items]


def test_an_erased_office_leaves_nothing_and_the_others_alone(hub: Hub) -> None:
    open_other(hub)
    desk = hub.enrol()
    desk.post("/acks", Acks(desk.page().cursor))
    assert hub.write(lambda c: operating.erase(c, OFFICE_ID)) > 300
    for table in tables.metadata.sorted_tables:
        if "office_id" in table.c:
            left = select(table.c.office_id)
            rows = hub.read(lambda c, query=left: c.execute(query).scalars().all())  # type: ignore[misc]
            assert set(rows) <= {OTHER}, table.name
    assert hub.read(lambda c: c.scalar(select(func.count()).select_from(tables.token))) == 0
    assert desk.get("/changes").status_code == 401
    assert [each.office_id for each in hub.read(operating.offices)] == [OTHER]


def test_no_endpoint_answers_for_another_office(hub: Hub) -> None:
    open_other(hub)
    desk = hub.enrol()
    booking = next(item.id for item in desk.everything()[0] if item.kind == "booking")
    there = f"{hub.url}/v1/offices/{OTHER}"
    tries = [
        ("GET", "/changes", None),
        ("GET", f"/items/booking/{booking}", None),
        ("GET", f"/items/office/{OTHER}", None),
        ("POST", "/acks", b'{"cursor":""}'),
        ("POST", "/commands", b'{"commands":[]}'),
    ]
    for method, path, body in tries:
        answer = desk.session.request(
            method,
            there + path,
            data=body,
            headers={"Content-Type": "application/json"},
            timeout=20,
        )
        assert answer.status_code == 403, path
        assert answer.json()["type"].endswith("not-your-office")
        assert "Harbor" not in answer.text


def run(*words: str) -> int:
    return command.main(words)


def test_the_operators_day_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = ("--database", f"sqlite:///{tmp_path / 'x.db'}")
    added = ("office", "add", OTHER, "--name", "Harbor Clinic", "--zone", "America/New_York")
    assert run(*added, *database) == 0
    assert run(*added, *database) == 6
    assert run("office", "list", *database) == 0
    assert "Harbor Clinic\tfeed at 1\t0 workstations" in capsys.readouterr().out
    assert run("code", "issue", OTHER, *database) == 0
    assert len(capsys.readouterr().out.strip()) == 14
    assert run("code", "void", OTHER, *database) == 0
    assert run("workstation", "list", *database) == 0
    assert run("workstation", "revoke", "nobody", *database) == 5
    file = tmp_path / "export.jsonl"
    assert run("office", "export", OTHER, str(file), *database) == 0
    assert json.loads(file.read_text("utf-8"))["kind"] == "office"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("office", "export", OTHER, str(file), *database) == 6
    assert run("office", "erase", OTHER, *database) == 0
    assert "nothing done" in capsys.readouterr().out
    assert run("office", "erase", OTHER, "--yes", OTHER, *database) == 0
    assert run("office", "erase", OTHER, "--yes", OTHER, *database) == 5
    assert not list(tmp_path.glob("*.part"))


def test_the_lag_of_an_office_is_that_of_its_last_workstation(
    hub: Hub,
) -> None:
    desks = [hub.enrol(f"Desk {letter}") for letter in "AB"]
    head = desks[0].page().head
    for desk, limit in zip(desks, (head, 50), strict=True):
        assert desk.post("/acks", Acks(desk.page(limit=limit).cursor)).ok
    chosen = argparse.Namespace(office_id="")
    (line,) = hub.read(lambda c: lag_command.by_office(chosen, c))
    assert line.startswith(f"{OFFICE_ID}\t2 workstations\t{head - 50} behind\tall reported")
    hub.enrol("Desk C")
    (line,) = hub.read(lambda c: lag_command.by_office(chosen, c))
    assert "3 workstations" in line
    assert "1 never reported" in line


def test_a_partner_is_registered_named_listed_and_shut_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = ("--database", f"sqlite:///{tmp_path / 'x.db'}")
    run("office", "add", OTHER, "--name", "Harbor Clinic", "--zone", "America/New_York", *database)
    key = sign_in.new_key()
    public, private = tmp_path / "public.json", tmp_path / "private.json"
    public.write_bytes(encode(sign_in.public_key(key)))
    private.write_bytes(encode(key))
    add = ("partner", "add", OTHER, "--name", "Registry", *database)
    assert run(*add, "--key", str(private)) == 6
    assert "private key" in capsys.readouterr().err
    assert run(*add, "--key", str(public), "--scope", "system/Nothing.rs") == 6
    assert run(*add, "--key", str(tmp_path / "none.json")) == 6
    assert run("partner", "add", "nowhere", "--name", "x", "--key", str(public), *database) == 5
    capsys.readouterr()
    assert run(*add, "--key", str(public), "--role", "publishes") == 0
    client_id = capsys.readouterr().out.strip()
    number = "urn:oid:1.2.3|HOSP-1"
    name = ("partner", "map", client_id, "Organization", number)
    assert run(*name, OTHER, *database) == 0
    assert run(*name, "nothing", *database) == 5
    assert run("partner", "map", "nobody", "Organization", number, OTHER, *database) == 5
    capsys.readouterr()
    assert run("partner", "list", *database) == 0
    line = capsys.readouterr().out
    assert client_id in line
    assert "system/Slot.crus" in line
    assert run("workstation", "list", *database) == 0
    assert client_id not in capsys.readouterr().out
    assert run("workstation", "revoke", client_id, *database) == 0
    assert run("partner", "list", *database) == 0
    assert "revoked" in capsys.readouterr().out
    assert run("upgrade", *database) == 0


def test_a_new_epoch_is_begun_by_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = ("--database", f"sqlite:///{tmp_path / 'x.db'}")
    assert run("epoch", "show", *database) == 0
    before = capsys.readouterr().out.strip()
    assert run("epoch", "renew", *database) == 0
    after = capsys.readouterr().out.strip()
    assert run("epoch", "show", *database) == 0
    assert capsys.readouterr().out.strip() == after != before
