"""What the presenters get from the rest of the program, and what a report of a bug says."""

from pathlib import Path

import pytest

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, Settings, Theme, read_settings, write_settings
from carekraft_desktop.presenters import wiring
from carekraft_desktop.presenters.report import report
from carekraft_desktop.presenters.settings import Look, Preferences
from carekraft_desktop.services import office, outbox, visits
from carekraft_desktop.services.sync import Link


@pytest.fixture
def program(tmp_path: Path) -> Program:
    settings = Settings(exchange="https://exchange.example.org", theme=Theme.DARK, idle_minutes=3)
    write_settings(Folders(tmp_path), settings)
    return Program(Folders(tmp_path))


def test_preferences_come_from_the_settings_file(program: Program) -> None:
    assert wiring.preferences(program) == Preferences(Look.DARK, 100, 3)


def test_keeping_them_leaves_the_exchanges_address(program: Program) -> None:
    chosen = Preferences(Look.HIGH_CONTRAST, 150, 7, work_offline=True)
    wiring.SettingsFile(program).keep(chosen)
    kept = read_settings(program.folders)
    assert (kept.theme, kept.text_scale, kept.idle_minutes) == (Theme.HIGH_CONTRAST, 150, 7)
    assert kept.exchange == "https://exchange.example.org"


def test_every_look_is_a_theme_of_the_settings_and_back() -> None:
    assert {look.value for look in Look} == {theme.value for theme in Theme}


def test_the_services_have_the_shape_that_presenters_ask() -> None:
    uses = wiring.load()
    assert (uses.visits, uses.outbox, uses.office) == (visits, outbox, office)
    assert wiring.paused() is Link.PAUSED


def test_a_report_says_where_and_never_what() -> None:
    try:
        dict[str, int]()["Maria Keller"]
    except KeyError as bug:
        words = report(bug)
    assert "KeyError" in words
    assert "test_wiring.py" in words
    assert "Keller" not in words
