"""Whatever the exchange sends in whichever field, it is a value or one kind of refusal."""

import copy
import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.feed import Item, Page
from carekraft_desktop.exchange import incoming
from carekraft_desktop.services import visits
from carekraft_desktop.services.sync import Link
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway

RESOURCES: list[tuple[str, dict[str, Any]]] = [
    (item.kind, json.loads(bytes(item.data)))  # type: ignore[arg-type]
    for item in [
        *samples.whole_office(),
        samples.mark(),
        samples.consent(withheld=("contact",), withdrawn=("medical",)),
        samples.booking(
            status="cancelled",
            cancelationReason={
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/"
                        "appointment-cancellation-reason",
                        "code": "pat",
                    }
                ]
            },
        ),
        samples.booking(
            status="pending",
            requestedPeriod=[{"start": "2026-11-25T15:00:00Z", "end": "2026-11-25T15:30:00Z"}],
        ),
        samples.patient(
            contact=[
                {
                    "relationship": [{"coding": [{"code": "GUARD"}]}],
                    "name": {"given": ["Ada"], "family": "Example"},
                }
            ]
        ),
    ]
]

Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> list[Path]:
    """Every place in a document, the document itself left out."""
    found: list[Path] = []
    if isinstance(value, dict):
        parts: list[tuple[str | int, Any]] = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    else:
        parts = []
    for key, inner in parts:
        found += [(*path, key), *places(inner, (*path, key))]
    return found


EVERY_PLACE = [(kind, resource, path) for kind, resource in RESOURCES for path in places(resource)]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=40)
    | st.sampled_from(
        [
            "",
            "\x00",
            "Patient/",
            "Patient/../../x",
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00+14:00",
            "2026-02-30",
            "2026-13",
            "x" * 5000,
            "\u202e\u0644",
            "'; DROP TABLE booking; --",
            -1,
            2**63,
            1e400,
        ]
    )
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def changed(resource: dict[str, Any], path: Path, value: Any, *, drop: bool) -> dict[str, Any]:
    """The document with one place changed or left out."""
    document = copy.deepcopy(resource)
    at: Any = document
    for key in path[:-1]:
        at = at[key]
    if drop:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return document


def as_item(kind: str, document: dict[str, Any]) -> Item:
    raw = json.dumps(document, allow_nan=True).encode()
    return Item(
        1, kind, str(RESOURCES_BY_KIND[kind]["id"]), 1, "put", samples.NOON, data=msgspec.Raw(raw)
    )


RESOURCES_BY_KIND = dict(RESOURCES)


@given(st.sampled_from(EVERY_PLACE), anything, st.booleans())
@settings(max_examples=600)
def test_any_field_may_hold_anything(
    place: tuple[str, dict[str, Any], Path], value: Any, drop: bool
) -> None:
    kind, resource, path = place
    try:
        incoming.read(as_item(kind, changed(resource, path, value, drop=drop)))
    except Malformed as refusal:
        assert refusal.reason
        assert len(refusal.reason) < 300


@pytest.mark.parametrize("kind", sorted(RESOURCES_BY_KIND))
@given(data=st.binary(max_size=200))
@settings(max_examples=50)
def test_any_bytes_are_refused(kind: str, data: bytes) -> None:
    item = Item(1, kind, "x", 1, "put", samples.NOON, data=msgspec.Raw(data))
    with pytest.raises(Malformed):
        incoming.read(item)


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_as_a_page_are_a_page_or_refused(data: bytes) -> None:
    try:
        decode(data, Page)
    except Malformed as refusal:
        assert refusal.reason


@given(st.lists(st.tuples(st.sampled_from(EVERY_PLACE), anything, st.booleans()), max_size=6))
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_page_of_anything_is_taken_and_the_good_items_show(
    seat: Workstation,
    exchange: FakeGateway,
    mutations: list[tuple[tuple[str, dict[str, Any], Path], Any, bool]],
) -> None:
    exchange.feed.clear()
    for number, ((kind, resource, path), value, drop) in enumerate(mutations):
        item = as_item(kind, changed(resource, path, value, drop=drop))
        version = exchange.seq + 2
        exchange.put(msgspec.structs.replace(item, id=f"odd-{number}", v=version))
    good = samples.booking(f"good-{exchange.seq}", v=exchange.seq + 2)
    exchange.put(good)
    state = seat.cycle().state
    assert state.link is Link.UP_TO_DATE
    assert visits.card(seat.desk, good.id).visit.id == good.id
