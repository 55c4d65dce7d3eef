"""The facade driven by a client that others wrote: sekmet's scenarios, with us as its peer."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from carekraft_desktop.hub.now import utc_now
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.hub_fixture import Hub, start_hub
from tests.unit.hub.fhir.partner import Partner, register

IDENTIFIERS = {
    "organization": "urn:oid:1.2.3.4.5.6|HOSP-001",
    "practitioner": "urn:oid:1.2.3.4.5.5|P-1001",
    "location": "urn:oid:1.2.3.4.5.7|OPD-1",
}
"""What sekmet calls its hospital, its attending physician and its outpatient clinic."""


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """An exchange in whose time we live: sekmet goes by the real clock."""
    running = start_hub(tmp_path, now=utc_now)
    yield running
    running.stop()


@pytest.fixture
def partner(hub: Hub) -> Partner:
    """The office's own system, whose names of things the operator has noted."""
    made = register(hub)
    made.call("Organization", IDENTIFIERS["organization"], OFFICE_ID)
    made.call("Location", IDENTIFIERS["location"], OFFICE_ID)
    made.call("Practitioner", IDENTIFIERS["practitioner"], hub.office.providers[0].id)
    return made


def run(partner: Partner, folder: Path, *scenarios: str) -> dict[str, dict[str, Any]]:
    """Run scenarios against the facade; each step's status and message by scenario and name."""
    pem = folder / "partner.pem"
    pem.write_text(partner.private_pem, encoding="utf-8")
    settings = {
        "base_url": "http://127.0.0.1:9/fhir",
        "data_dir": str(folder / "data"),
        "simulator": {"enabled": False},
        "peers": {
            "exchange": {
                "base_url": f"{partner.hub.url}/fhir",
                "use_transactions": False,
                "auth": {
                    "type": "smart",
                    "client_id": partner.client_id,
                    "private_key_path": str(pem),
                    "alg": "ES384",
                },
            }
        },
    }
    config = folder / "settings.yaml"
    config.write_text(json.dumps(settings), encoding="utf-8")
    reports = folder / "reports"
    program = [sys.executable, "-c", "from sekmet.cli import app; app()", "scenario", "run"]
    options = ["--peer", "exchange", "--no-serve", "--config", str(config)]
    done = subprocess.run(
        [*program, *scenarios, *options, "--report-dir", str(reports)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    found: dict[str, dict[str, Any]] = {}
    for path in reports.rglob("*.json"):
        report = json.loads(path.read_text(encoding="utf-8"))
        for each in report if isinstance(report, list) else report.get("scenarios", [report]):
            found[each["name"]] = {
                step["name"]: (step["status"], step["message"]) for step in each["steps"]
            }
    assert found, done.stdout + done.stderr
    return found


def without_encounters(folder: Path) -> str:
    """The booking scenario, in which whoever keeps no Encounters is not asked for one.

    sekmet skips what a peer's CapabilityStatement does not offer where a step says what it
    needs; the two that write an Encounter do not say so. That somebody came is care.
    """
    spec = importlib.util.find_spec("sekmet.scenarios")
    assert spec is not None
    library = Path(str(spec.origin)).parent / "library"
    text = (library / "appointment_book_cancel.yaml").read_text(encoding="utf-8")
    changed = text
    for action in ("action: scheduling.check_in,", "action: scheduling.complete\n"):
        end = action[-1]
        needs = (
            f"{action[:-1]}, requires: {{resource: Encounter}},"
            if end == ","
            else (f"{action}    requires: {{resource: Encounter}}\n")
        )
        changed = changed.replace(action, needs)
    assert changed.count("requires:") == text.count("requires:") + 2
    place = folder / "appointment_book_cancel.yaml"
    place.write_text(changed, encoding="utf-8")
    return str(place)


def test_a_hospital_that_others_wrote_books_moves_and_cancels_with_us(
    partner: Partner, tmp_path: Path
) -> None:
    found = run(partner, tmp_path, without_encounters(tmp_path), "conformance_smoke")
    assert len(found) == 2
    (booking,) = [steps for name, steps in found.items() if name.startswith("Scheduling")]
    (smoke,) = [steps for name, steps in found.items() if name.startswith("REST")]
    for steps in (booking, smoke):
        assert {n: told for n, told in steps.items() if told[0] not in ("passed", "skipped")} == {}
    skipped = {name for name, (status, _) in booking.items() if status == "skipped"}
    assert skipped == {"Check in", "Complete visit"}
    assert len(booking) - len(skipped) == 11
    not_offered = {name for name, (status, _) in smoke.items() if status == "skipped"}
    assert not_offered == {
        "vread first version",
        "Instance history",
        "Transaction with urn:uuid references",
        "Search Observation by patient with _include",
        "Searchset entries carry search.mode (match / include)",
        "Answers FHIR XML when asked (Accept application/fhir+xml)",
        "Delete",
        "Read after delete is 410 Gone (or 404)",
    }
    # The office's desks see what the hospital did, as they see everything.
    items, _ = partner.hub.enrol().everything()
    theirs = [each for each in items if each.kind == "booking" and each.id.startswith("ap-")]
    assert len(theirs) == 3
