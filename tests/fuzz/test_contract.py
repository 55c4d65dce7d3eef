"""The exchange held against its committed OpenAPI document by Schemathesis, which we did not write.

Requests are made of the document, good ones and broken ones; whatever comes back must be what
the document says, and never a mistake of the exchange's own.
"""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.hub_fixture import Hub, hub, start_hub
from tests.unit.hub.fhir.partner import register

__all__ = ["hub"]

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
EXAMPLES = 6
"""Requests for each endpoint, for each of three who ask."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def operations() -> list[Any]:
    """Every operation of the document."""
    schema = schemathesis.openapi.from_path(DOCUMENT)
    return [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]


OPERATIONS = {each.label: each for each in operations()}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """One exchange for all, and how each kind of caller signs its requests."""
    running = start_hub(tmp_path_factory.mktemp("exchange"))
    running.settings.wait_seconds = 0.0
    # All of its threads begin here: one that began in a test would look left behind by it.
    together = threading.Barrier(running.settings.workers)
    list(running.exchange._threads.map(lambda _: together.wait(20), range(together.parties)))
    desk = running.enrol()
    token = register(running).sign_in().json()["access_token"]
    yield {
        "hub": running,
        "nobody": {},
        "a workstation": {"Authorization": str(desk.session.headers["Authorization"])},
        "a partner": {"Authorization": f"Bearer {token}"},
    }
    running.stop()


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_every_answer_is_what_the_document_says(label: str, place: dict[str, Any]) -> None:
    operation = OPERATIONS[label]
    running: Hub = place["hub"]

    for mode in GenerationMode:
        if mode is GenerationMode.NEGATIVE and not can_be_broken(operation):
            continue

        @seed(20_261_124)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            if case.path_parameters and "office" in case.path_parameters:
                case.path_parameters["office"] = "office-81"
            for who in ("nobody", "a workstation", "a partner"):
                answer = case.call(base_url=running.url, headers=dict(place[who]), timeout=20)
                case.validate_response(answer, checks=CHECKS)

        ask()


def can_be_broken(operation: Any) -> bool:
    """Whether a request can break the document: a query or a body that says what it must be."""
    raw = operation.definition.raw
    return bool(operation.query) or "application/json" in str(raw.get("requestBody", ""))
