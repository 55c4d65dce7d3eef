"""What an office installs: what is in the folder, its papers, its installer, and its trial."""

import json
import re
import stat
import sys
from importlib.metadata import distribution
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6
import pytest
import sqlcipher3
from bundling import OUT, ROOT, TITLE, archive, icon, leaves_out, mac, msi, papers, told, trial

from carekraft_desktop import __version__

PINNED = papers.PINNED.read_text("utf-8")


def test_only_what_the_program_pins_is_taken_along() -> None:
    out = leaves_out.by_import(PINNED)
    assert {"pytest", "hypothesis", "psycopg", "tkinter"} <= set(out)
    taken = {"PySide6", "sqlalchemy", "sqlcipher3", "requests", "keyring", "msgspec", "starlette"}
    assert taken.isdisjoint(out)


@pytest.mark.parametrize(
    ("place", "left_out"),
    [
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6\\opengl32sw.dll", True),
        ("libgtk-3.so.0", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", False),
        ("carekraft_desktop/_resources/guardrail/phrases.bin", False),
    ],
)
def test_what_nobody_needs_stays_away(place: str, *, left_out: bool) -> None:
    assert leaves_out.is_left_out(place) is left_out


def test_a_licence_is_known_of_every_library(tmp_path: Path) -> None:
    there = papers.libraries(PINNED)
    assert papers.licences(there, tmp_path / "licences") == []
    assert (tmp_path / "licences" / "keyring" / "LICENSE").read_text("utf-8")
    assert "LESSER GENERAL PUBLIC" in (tmp_path / "licences" / "LGPL-3.txt").read_text("utf-8")


def test_a_library_without_a_licence_is_named(tmp_path: Path) -> None:
    class Bare:
        name = "bare"
        files: tuple[object, ...] = ()

    assert papers.licences([Bare()], tmp_path / "licences") == ["bare"]  # type: ignore[list-item]


def test_the_inventory_tells_what_is_inside_the_libraries() -> None:
    whole = json.loads(papers.inventory(papers.libraries(PINNED)))
    versions = {each["name"]: each["version"] for each in whole["components"]}
    assert whole["metadata"]["component"]["version"] == __version__
    assert versions["requests"] == distribution("requests").version
    assert "psycopg" not in versions
    with sqlcipher3.connect(":memory:") as store:
        assert (
            store.execute("pragma cipher_version").fetchone()[0].split()[0]
            == (versions["SQLCipher"])
        )
        assert store.execute("select sqlite_version()").fetchone()[0] == versions["SQLite"]
        store.execute("pragma key = 'k'")
        provider = store.execute("pragma cipher_provider_version").fetchone()[0]
    assert re.findall(r"OpenSSL (\S+)", provider) == [versions["OpenSSL"]]
    assert PySide6.__version__ == versions["Qt"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("1.2.3.4", (1, 2, 3, 4)), ("2.10rc1", (2, 101, 0, 0))],
)
def test_windows_gets_four_numbers(text: str, numbers: tuple[int, int, int, int]) -> None:
    assert told.numbers(text) == numbers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder as it would come from Windows."""
    root = tmp_path / "carekraft-desktop"
    for name in (f"{TITLE}.exe", "carekraft-desktop.exe", "_internal/a.dll", "_internal/b/a.dll"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, "utf-8")
    return root


def test_the_installer_holds_every_file_once_and_its_ids_stay(folder: Path) -> None:
    first, second = (msi.described(folder, "CareKraft").getroot() for _ in range(2))
    assert ET.tostring(first) == ET.tostring(second)
    files = [each.get("Source", "") for each in first.iter("File")]
    there = [each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()]
    assert sorted(files) == sorted(there)
    components = [each.get("Id", "") for each in first.iter("Component")]
    assert sorted(components) == sorted(each.get("Id", "") for each in first.iter("ComponentRef"))
    assert len({each.get("Guid") for each in first.iter("Component")}) == len(components)


def test_a_newer_installer_is_the_same_program_and_an_older_one_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def product(version: str) -> ET.Element:
        monkeypatch.setattr(msi, "version", lambda: version)
        found = msi.described(folder, "CareKraft").getroot().find("Product")
        assert found is not None
        return found

    old, new = product("0.1.0"), product("0.2.0")
    assert old.get("UpgradeCode") == new.get("UpgradeCode") == msi.UPGRADE
    assert (old.get("Version"), new.get("Version")) == ("0.1.0", "0.2.0")
    upgrade = new.find("MajorUpgrade")
    assert upgrade is not None
    assert upgrade.get("DowngradeErrorMessage")
    shortcut = next(new.iter("Shortcut"))
    assert shortcut.get("Target") == f"[INSTALLDIR]{TITLE}.exe"


def test_without_wixl_that_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(msi.NoWixl):
        msi.made(folder, folder / "x.msi", "CareKraft")


def test_on_a_mac_the_inside_is_signed_first_and_the_image_notarized_last(tmp_path: Path) -> None:
    app = tmp_path / f"{TITLE}.app"
    for name in (
        "MacOS/carekraft-desktop",
        f"MacOS/{TITLE}",
        "Frameworks/a/b.so",
        "Frameworks/c.dylib",
    ):
        path = app / "Contents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (app / "Contents" / "Frameworks" / "again.so").symlink_to("a/b.so")
    image = tmp_path / "x.dmg"
    steps = list(mac.commands(app, image, identity="Developer ID Application: X", profile="p"))
    signed = [Path(step[-1]).name for step in steps if "--options" in step]
    assert signed == ["b.so", "c.dylib", "carekraft-desktop", app.name]
    assert mac.ENTITLEMENTS.exists()
    assert [step[0] for step in steps[4:]] == (
        ["codesign", "hdiutil", "codesign", "xcrun", "xcrun", "spctl"]
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there it is a zip")
def test_the_same_files_give_the_same_archive(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "OUT", tmp_path)
    first = archive.packed(folder, 1_000_000).read_bytes()
    (folder / "_internal" / "a.dll").touch()
    packed = archive.packed(folder, 1_000_000)
    assert packed.read_bytes() == first
    assert archive.sums([packed]).endswith(f"  {packed.name}\n")


def test_the_picture_is_painted(tmp_path: Path, qapp: object) -> None:
    from PySide6.QtGui import QImage

    icon.painted(tmp_path / "build" / "icon.png")
    picture = QImage(str(tmp_path / "build" / "icon.png"))
    assert (picture.width(), picture.height()) == (icon.EDGE, icon.EDGE)
    assert picture.pixelColor(0, 0).alpha() == 0
    assert picture.pixelColor(icon.EDGE // 2, icon.EDGE // 8).alpha() == 255


@pytest.mark.skipif(sys.platform == "win32", reason="a script cannot be a program there")
@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ("", ""),
        ("version", "another version"),
        ("doctor", "The disk is full."),
        ("check-replies", "not stopped"),
        ("demo", "0 pages"),
        ("ends", "ended with 3"),
    ],
)
def test_the_trial_finds_a_folder_that_does_not_work(tmp_path: Path, fault: str, word: str) -> None:
    program = tmp_path / "program"
    program.write_text(
        f"""#!{sys.executable}
import pathlib, sys
fault = {fault!r}
if fault == "ends":
    sys.exit(3)
if "--version" in sys.argv:
    print("0" if fault == "version" else {__version__!r})
elif "doctor" in sys.argv:
    print("The disk is full." if fault == "doctor" else "Everything is in order.")
elif "check-replies" in sys.argv:
    print('{{"severity": "%s"}}' % ("ok" if fault == "check-replies" else "block"))
elif fault != "demo":
    place = pathlib.Path(sys.argv[-1])
    place.mkdir()
    for number in range({trial.PAGES}):
        (place / f"{{number}}.png").touch()
""",
        "utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    said: list[str] = []
    if fault:
        with pytest.raises(trial.Failed, match=word):
            trial.trial(program, said.append)
    else:
        trial.trial(program, said.append)
        assert len(said) == 4


def test_what_is_made_is_not_committed() -> None:
    assert OUT.name in (ROOT / ".gitignore").read_text("utf-8").replace("/", "").split()
