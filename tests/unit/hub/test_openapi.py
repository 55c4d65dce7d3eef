"""The committed OpenAPI document says what the contract's types say."""

from pathlib import Path

from starlette.routing import Route

from carekraft_desktop.hub import openapi
from carekraft_desktop.hub.app import create_app
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.settings import Settings

ROOT = Path(__file__).parents[3]


def test_the_committed_document_is_current() -> None:
    committed = (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")
    assert committed == openapi.text(), (
        "python -m carekraft_desktop.hub.openapi > docs/openapi.json"
    )


def test_every_route_is_described_and_every_description_is_a_route(tmp_path: Path) -> None:
    exchange = Exchange(Database(f"sqlite:///{tmp_path / 'x.db'}"), Settings(url="http://here"))
    routes = {
        (route.path, method.lower())
        for route in create_app(exchange).routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    exchange.close()
    described = {
        (path, method)
        for path, operations in openapi.document()["paths"].items()
        for method in operations
    }
    assert routes == described


def test_every_reference_leads_somewhere() -> None:
    document = openapi.document()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(reference := node.get("$ref"), str):
                place: object = document
                for part in reference.removeprefix("#/").split("/"):
                    assert isinstance(place, dict)
                    place = place[part]
            for each in node.values():
                walk(each)
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(document)
