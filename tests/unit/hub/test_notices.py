"""Notices at the exchange: what the operator tells offices, and what workstations may say."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from carekraft_desktop.hub import command
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.hub_fixture import NOON, Hub
from tests.unit.hub.bench import Bench


def bulletins(bench: Bench) -> dict[str, dict[str, object]]:
    rows = bench.read(
        lambda c: c.exec_driver_sql("SELECT id, body FROM item WHERE kind = 'bulletin'").all()
    )
    return {row[0]: json.loads(row[1]) for row in rows}


def run(bench: Bench, *words: str) -> int:
    return command.main([*words, "--database", str(bench.database.url)])


@pytest.mark.req("REQ-104")
def test_the_operator_tells_an_office_of_an_incident_and_of_terms(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warn = ("incident", "warn", OFFICE_ID, "ck-7", "--what", "wrong-office", "--day", "2026-11-20")
    assert run(bench, *warn, "--class", "contact") == 0
    news = tmp_path / "news.txt"
    news.write_text("First change.\n\nSecond change.\n", "utf-8")
    terms = ("incident", "terms", OFFICE_ID, "2027-1", "--title", "Policy", "--day", "2027-01-01")
    assert run(bench, *terms, "--changes", str(news)) == 0
    told = bulletins(bench)
    assert (told["ck-7"]["kind"], told["ck-7"]["classes"]) == ("incident", ["contact"])
    assert told["terms.2027-1"]["lines"] == ["First change.", "Second change."]
    assert run(bench, "incident", "list") == 0
    assert run(bench, "incident", "warn", "nowhere", *warn[3:]) == 5
    assert "nowhere" in capsys.readouterr().err


def test_the_sandbox_has_levers_for_both(hub: Hub) -> None:
    hub.play("carekraft/terms")
    hub.play("carekraft/incident")
    rows = hub.read(
        lambda c: c.exec_driver_sql("SELECT id, body FROM item WHERE kind = 'bulletin'").all()
    )
    said = {row[0]: json.loads(row[1]) for row in rows}
    assert said["terms.2026-1"]["version"] == "2026-1"
    (incident,) = [each for each in said.values() if each["kind"] == "incident"]
    assert incident["day"] == (NOON - timedelta(days=4)).date().isoformat()


def test_what_does_not_fit_is_refused(hub: Hub) -> None:
    desk = hub.enrolled()
    wanted = [
        ("bulletin.shut-out", "person.other", {"person": "0" * 32}),
        ("bulletin.tries", "tries.another", {}),
        ("workstation.lost", "nobody", {}),
        ("workstation.lost", desk.client_id, {}),
        ("bulletin.shut-out", "person.x", {"person": "Rosa Alvarez"}),
    ]
    commands = [
        {
            "key": f"019f8a10-0000-7000-8000-00000000000{n}",
            "type": kind,
            "id": id_,
            "if_version": 0,
            "actor": {"sub": "s", "device": desk.client_id},
            "made_at": NOON.isoformat(),
            "body": body,
        }
        for n, (kind, id_, body) in enumerate(wanted)
    ]
    results = desk.post("/commands", {"commands": commands}).json()["results"]
    assert [each["status"] for each in results] == ["rejected"] * 5


def test_a_word_that_another_key_signed_is_refused(hub: Hub) -> None:
    desk = hub.enrolled()
    answer = desk.session.post(
        f"{hub.url}/v1/workstation/word", json={"statement": "a.b.c"}, timeout=20
    )
    assert (answer.status_code, answer.json()["errors"]) == (400, ["$.statement"])
