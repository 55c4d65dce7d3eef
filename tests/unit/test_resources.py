"""Shipped files are found in their two places, and nothing else is."""

from pathlib import Path

import pytest

from carekraft_desktop import resources
from carekraft_desktop.resources import ResourceMissing


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    both = tmp_path / "package" / "_resources", tmp_path / "resources"
    for place in both:
        (place / "icons").mkdir(parents=True)
    (tmp_path / "outside.txt").write_text("no", "utf-8")
    monkeypatch.setattr(resources, "PLACES", both)
    return both


def test_the_packaged_place_wins_over_the_checkout(places: tuple[Path, Path]) -> None:
    (places[1] / "word.txt").write_text("checkout", "utf-8")
    assert resources.text("word.txt") == "checkout"
    (places[0] / "word.txt").write_text("wheel", "utf-8")
    assert resources.text("word.txt") == "wheel"
    assert resources.path("icons") == places[0] / "icons"


@pytest.mark.parametrize(
    "name", ["", "/etc/passwd", "../outside.txt", "icons/../../outside.txt", "..\\x", "C:x", "nil"]
)
def test_what_is_not_a_resource_is_refused(places: tuple[Path, Path], name: str) -> None:
    assert len(places) == 2
    with pytest.raises(ResourceMissing):
        resources.path(name)


def test_a_folder_is_no_text(places: tuple[Path, Path]) -> None:
    assert len(places) == 2
    with pytest.raises(ResourceMissing):
        resources.text("icons")


def test_a_checkout_finds_its_own_resources() -> None:
    assert resources.path("security").is_dir()
