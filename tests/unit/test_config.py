"""Settings survive bad files, and folders belong to their owner only."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from carekraft_desktop.config import (
    Folders,
    Settings,
    Theme,
    find_folders,
    is_acceptable_exchange,
    private_folder,
    read_settings,
    usual_home,
    write_settings,
)
from carekraft_desktop.errors import DiskFull, StoreReadOnly

ExpectedLog = Callable[[str], None]
CHOSEN = Settings(
    exchange="https://exchange.example.com", theme=Theme.DARK, text_scale=150, idle_minutes=3
)


def test_settings_come_back_as_written(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    assert read_settings(folders) == Settings()
    write_settings(folders, CHOSEN)
    assert read_settings(folders) == CHOSEN
    assert json.loads(folders.settings.read_text("utf-8")).keys() == {
        "exchange",
        "theme",
        "text_scale",
        "idle_minutes",
        "alerts",
        "sound",
        "quiet",
        "quiet_from",
        "quiet_to",
        "packet_folder",
        "backup_folder",
    }


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"idle_minutes": 0}',
        b'{"idle_minutes": 16}',
        b'{"text_scale": 99}',
        b'{"text_scale": "100"}',
        b'{"theme": "pink"}',
        b'{"exchange": "http://exchange.example.com"}',
        b'{"exchange": "https://user:pass@exchange.example.com"}',
        b'{"exchange": 5}',
        b"\xff\xfe",
        b'{"exchange": "\xff"}',
        b"[" * 50_000,
        b"{" + b" " * 70_000 + b"}",
    ],
)
def test_a_file_that_is_not_understood_is_kept_aside(
    tmp_path: Path, content: bytes, expected_log: ExpectedLog
) -> None:
    expected_log("settings-not-understood")
    folders = Folders(tmp_path)
    folders.settings.write_bytes(content)
    assert read_settings(folders) == Settings()
    assert not folders.settings.exists()
    assert (tmp_path / "settings.json.bad").read_bytes() == content


def test_a_field_of_a_newer_version_is_passed_over(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.settings.write_bytes(b'{"idle_minutes": 7, "later": [1]}')
    assert read_settings(folders) == Settings(idle_minutes=7)


def test_an_unreadable_file_leaves_the_defaults(tmp_path: Path, expected_log: ExpectedLog) -> None:
    expected_log("settings-unreadable")
    folders = Folders(tmp_path)
    folders.settings.mkdir()
    assert read_settings(folders) == Settings()


def test_what_cannot_be_kept_aside_is_said(tmp_path: Path, expected_log: ExpectedLog) -> None:
    expected_log("settings-not-understood")
    expected_log("settings-not-kept-aside")
    folders = Folders(tmp_path)
    folders.settings.write_bytes(b"{")
    (tmp_path / "settings.json.bad" / "x").mkdir(parents=True)
    assert read_settings(folders) == Settings()


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EACCES, StoreReadOnly)]
)
def test_a_failed_write_leaves_the_old_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    folders = Folders(tmp_path)
    write_settings(folders, CHOSEN)

    def fail(self: Path, data: bytes) -> int:
        raise OSError(number, "no", str(self), len(data))

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(error):
        write_settings(folders, Settings())
    assert read_settings(folders) == CHOSEN


def test_each_system_has_its_own_place(home: Path) -> None:
    name = "CareKraft Desktop"
    assert usual_home({"LOCALAPPDATA": "X"}, "win32") == Path("X") / name
    assert usual_home({}, "win32") == home / "AppData" / "Local" / name
    assert usual_home({}, "darwin") == home / "Library" / "Application Support" / name
    assert usual_home({"XDG_DATA_HOME": "/x"}, "linux") == Path("/x/carekraft-desktop")
    assert usual_home({"XDG_DATA_HOME": "x"}, "linux") == home / ".local/share/carekraft-desktop"


def test_the_named_home_wins(tmp_path: Path) -> None:
    given = {"CAREKRAFT_HOME": str(tmp_path / "b"), "XDG_DATA_HOME": str(tmp_path / "c")}
    assert find_folders(tmp_path / "a", given).home == tmp_path / "a"
    assert find_folders(None, given).home == tmp_path / "b"
    del given["CAREKRAFT_HOME"]
    assert find_folders(None, given).home == tmp_path / "c" / "carekraft-desktop"


def test_the_parts_of_a_home_are_apart(tmp_path: Path) -> None:
    names = [name for name, member in vars(Folders).items() if isinstance(member, property)]
    places = [getattr(Folders(tmp_path), name) for name in names]
    assert len(set(places)) == len(places) >= 4
    assert {place.parent for place in places} == {tmp_path}


@pytest.mark.skipif(os.name != "posix", reason="rights are inherited there")
def test_a_folder_belongs_to_its_owner_only(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b")
    assert made.stat().st_mode & 0o777 == 0o700
    made.chmod(0o755)
    assert private_folder(made).stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreReadOnly):
        private_folder(tmp_path / "file" / "below")


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://exchange.example.com", True),
        ("https://exchange.example.com:8443/base", True),
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("http://192.0.2.7", False),
        ("ftp://exchange.example.com", False),
        ("exchange.example.com", False),
        ("https://", False),
        ("https://[broken", False),
        ("https://exchange.example.com/?key=1", False),
    ],
)
def test_only_https_or_this_computer_is_spoken_to(address: str, good: bool) -> None:
    assert is_acceptable_exchange(address) is good
