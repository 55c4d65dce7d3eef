"""What the operator counts: figures by route and result, and nobody's id."""

import json
import logging

import pytest
import requests

from carekraft_desktop.contract.commands import CommandType
from carekraft_desktop.hub.log_lines import JsonLines, TextLines
from carekraft_desktop.hub.metrics import pattern_of
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.hub_fixture import Hub
from tests.unit.hub.bench import make_command


def figures(hub: Hub) -> dict[str, float]:
    """All figures by name and labels."""
    text = requests.get(f"{hub.url}/metrics", timeout=20).text
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def test_requests_and_commands_are_counted(hub: Hub) -> None:
    booking = hub.play("patient/book")["done"]
    desk = hub.enrol()
    desk.page()
    desk.page()
    now = hub.now()
    desk.send(make_command(CommandType.ACCEPT, booking, 1, at=now))
    desk.send(make_command(CommandType.ACCEPT, booking, 1, at=now))
    requests.get(f"{hub.url}/v1/offices/{OFFICE_ID}/changes", timeout=20)
    found = figures(hub)
    route = 'route="/v1/offices/{office}/changes"'
    assert found[f'carekraft_requests_total{{{route},status="200"}}'] == 2
    assert found[f'carekraft_requests_total{{{route},status="401"}}'] == 1
    assert found[f"carekraft_request_seconds_count{{{route}}}"] == 3
    kind = 'type="booking.accept"'
    assert found[f'carekraft_commands_total{{status="applied",{kind}}}'] == 1
    assert found[f'carekraft_commands_total{{status="conflict",{kind}}}'] == 1
    assert found["carekraft_requests_under_way"] == 1


def test_no_figure_and_no_log_line_holds_an_id(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    desk = hub.enrol()
    items, _ = desk.everything()
    booking = next(item.id for item in items if item.kind == "booking")
    desk.get(f"/items/booking/{booking}")
    # A request is told of after its answer is sent: the next answer shows that it was.
    text = requests.get(f"{hub.url}/metrics", timeout=20).text
    ours = [each for each in caplog.records if each.name.startswith("carekraft_desktop")]
    lines = [form.format(each) for each in ours for form in (JsonLines(), TextLines())]
    text += "\n".join(lines)
    route = "/v1/offices/{office}/items/{kind}/{id}"
    assert any(f"request method=GET route={route} status=200 ms=" in line for line in lines)
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert {"event": "request", "level": "info", "route": route, "status": 200}.items() <= next(
        each for each in told if each.get("route") == route
    ).items()
    for word in (booking, OFFICE_ID, desk.client_id):
        assert word not in text


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/fhir/Slot", "/fhir/Slot"),
        ("/fhir/Appointment/ap-1", "/fhir/Appointment/{id}"),
        ("/fhir/Appointment/$book", "/fhir/Appointment/$book"),
        ("/fhir/Anything/else", "other"),
        ("/slots/slots-1.ndjson", "/slots"),
        ("/v1/copies/secret/revocations", "/v1/copies"),
        ("/v1/offices/o-1/items/booking/b-1", "/v1/offices/{office}/items/{kind}/{id}"),
        ("/v1/offices/o-1/commands", "/v1/offices/{office}/commands"),
        ("/oauth/token", "/oauth/token"),
        ("/sandbox/patient/book", "/sandbox"),
        ("/.well-known/smart-configuration", "/.well-known"),
        ("/v1/offices/o-1/secrets", "other"),
        ("/", "other"),
    ],
)
def test_a_path_is_counted_under_its_pattern(path: str, route: str) -> None:
    assert pattern_of(path) == route
