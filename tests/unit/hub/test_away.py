"""The database goes away and comes back: answers say so meanwhile, and then it goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.hub_fixture import Hub, start_hub
from tests.postgres import Postgres


@pytest.fixture
def crashing(tmp_path: Path, own_postgres: Postgres) -> Iterator[Hub]:
    running = start_hub(tmp_path, server=own_postgres)
    yield running
    running.stop()


def test_a_database_that_is_away_is_a_clear_answer_and_then_works_again(
    crashing: Hub, own_postgres: Postgres
) -> None:
    desk = crashing.enrol()
    cursor = desk.page().cursor
    own_postgres.stop(now=True)
    for path in ("/readyz", "/v1/meta", "/slots/$bulk-publish"):
        answer = requests.get(crashing.url + path, timeout=20)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1"), path
        assert answer.json()["type"].endswith("unavailable")
    assert desk.get("/changes").status_code == 503
    assert desk.post("/acks", b'{"cursor":""}').status_code == 503
    fhir = requests.get(f"{crashing.url}/fhir/Slot", timeout=20)
    assert (fhir.status_code, fhir.json()["resourceType"]) == (503, "OperationOutcome")
    assert requests.get(f"{crashing.url}/healthz", timeout=20).status_code == 200
    own_postgres.start()
    assert requests.get(f"{crashing.url}/readyz", timeout=20).status_code == 200
    assert desk.page(cursor).epoch == desk.page().epoch
