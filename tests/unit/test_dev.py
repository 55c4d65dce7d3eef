"""dev.py prepares a machine once, does nothing the second time, and says what to do."""

import importlib.util
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """dev.py working on an empty folder of its own."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "REQUIREMENTS", tmp_path)
    for name in ("run.txt", "dev.txt", "build.txt"):
        (tmp_path / name).write_text("one==1 \\\n    --hash=sha256:00\n", "utf-8")
    return module


class Machine:
    """Stands in for other programs: notes what was asked, answers as told."""

    def __init__(self, dev: ModuleType, monkeypatch: pytest.MonkeyPatch, *tools: str) -> None:
        self.asked: list[str] = []
        self.missing: list[str] = []
        self.installs = True
        self.fails = ""
        monkeypatch.setattr(shutil, "which", lambda name: name if name in tools else None)
        monkeypatch.setattr(dev.subprocess, "run", self.run)

    def run(self, command: list[str], **_: Any) -> SimpleNamespace:
        line = " ".join(map(str, command))
        self.asked.append(line if "-c" not in command else "probe")
        if "apt-get install" in line and self.installs:
            self.missing = []
        code = 1 if self.fails and self.fails in line else 0
        told = "\n".join(self.missing) if "-c" in command else "what it said"
        return SimpleNamespace(returncode=code, stdout=told, stderr="")


LIBRARIES = [
    "libEGL.so.1",
    "libGL.so.1",
    "libcomes-with-another.so.1",
    "libglib-2.0.so.0",
    "libgthread-2.0.so.0",
]
INSTALL = "apt-get install -y --no-install-recommends libegl1 libgl1 libglib2.0-0"


def test_root_gets_the_missing_libraries_installed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(dev, monkeypatch, "apt-get")
    machine.missing = list(LIBRARIES)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    dev.need_qt_libraries(["offscreen"])
    assert machine.asked == ["probe", "apt-get update", INSTALL, "probe"]


def test_what_stays_missing_is_said(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(dev, monkeypatch, "apt-get")
    machine.missing, machine.installs = list(LIBRARIES), False
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(dev.Stop, match="packages that hold: libEGL"):
        dev.need_qt_libraries(["offscreen"])
    assert machine.asked.count(INSTALL) == 1


def test_sudo_is_used_only_when_it_asks_for_no_password(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(dev, monkeypatch, "apt-get", "sudo")
    machine.missing = list(LIBRARIES)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    dev.need_qt_libraries(["offscreen"])
    assert f"sudo -n {INSTALL}" in machine.asked
    machine.missing, machine.fails = list(LIBRARIES), "sudo -n true"
    with pytest.raises(dev.Stop, match=f"sudo apt-get update && sudo {INSTALL}"):
        dev.need_qt_libraries(["offscreen"])


def test_without_rights_the_one_command_is_told(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(dev, monkeypatch, "apt-get")
    machine.missing = list(LIBRARIES)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(dev.Stop, match=f"sudo apt-get update && sudo {INSTALL}"):
        dev.need_qt_libraries(["offscreen"])
    assert machine.asked == ["probe"]


def test_a_failed_installation_says_what_apt_said(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(dev, monkeypatch, "apt-get")
    machine.missing, machine.fails = list(LIBRARIES), "apt-get update"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(dev.Stop, match="what it said"):
        dev.need_qt_libraries(["offscreen"])


@pytest.mark.parametrize(
    ("tools", "told"),
    [
        (("dnf",), r"sudo dnf install 'libEGL.so.1\(\)\(64bit\)' 'libGL.so.1"),
        (("zypper",), "sudo zypper install"),
        ((), "libEGL.so.1, libGL.so.1, libcomes"),
    ],
)
def test_other_systems_get_their_own_advice(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tools: tuple[str, ...], told: str
) -> None:
    machine = Machine(dev, monkeypatch, *tools)
    machine.missing = list(LIBRARIES)
    with pytest.raises(dev.Stop, match=told):
        dev.need_qt_libraries(["offscreen"])


def test_a_python_without_venv_gets_it(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(dev, monkeypatch, "apt-get")
    real: Callable[[str], object] = importlib.util.find_spec
    there = lambda name: None if name == "ensurepip" and len(machine.asked) < 2 else real(name)  # noqa: E731
    monkeypatch.setattr(importlib.util, "find_spec", there)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    dev.need_ensurepip()
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert machine.asked[-1].endswith(package)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(dev.Stop, match="still missing"):
        dev.need_ensurepip()
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(dev.Stop, match="Install your system's package"):
        dev.need_ensurepip()


def test_nothing_is_done_twice(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done: list[str] = []

    def make() -> None:
        done.append("venv")
        dev.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        dev.PYTHON.touch()
        (dev.VENV / "pyvenv.cfg").write_text("version = 3.11.7\n", "utf-8")

    monkeypatch.setattr(dev, "make_venv", make)
    monkeypatch.setattr(dev, "install", done.append)
    monkeypatch.setattr(dev, "need_qt_libraries", lambda plugins: done.append("+".join(plugins)))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":7")

    def prepared(name: str, *, window: bool = False) -> list[str]:
        done.clear()
        dev.prepare(name, window=window)
        return list(done)

    assert prepared("run.txt") == ["venv", "run.txt", "offscreen"]
    assert prepared("run.txt") == []
    assert prepared("run.txt", window=True) == ["offscreen+xcb"]
    assert prepared("run.txt", window=True) == []
    assert prepared("dev.txt") == ["venv", "dev.txt"]
    assert prepared("run.txt") == prepared("dev.txt") == []
    assert prepared("build.txt") == ["venv", "build.txt"]
    assert prepared("dev.txt") == prepared("build.txt") == []
    (tmp_path / "run.txt").write_text("one==2 --hash=sha256:11\n", "utf-8")
    assert prepared("dev.txt") == ["venv", "dev.txt"]
    dev.STAMP.write_text("{", "utf-8")
    assert prepared("run.txt") == ["venv", "run.txt", "offscreen"]
    (dev.VENV / "pyvenv.cfg").write_text("version = 3.12.1\n", "utf-8")
    assert prepared("run.txt")[:2] == ["venv", "run.txt"]


def test_a_venv_whose_python_is_gone_is_made_anew(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(dev, monkeypatch)
    dev.PYTHON.parent.mkdir(parents=True)
    (dev.VENV / "pyvenv.cfg").write_text("version = 3.11.7\n", "utf-8")
    dev.PYTHON.symlink_to(dev.VENV / "gone")
    dev.make_venv()
    assert machine.asked[0].endswith(f"-m venv --clear {dev.VENV}")
    dev.PYTHON.unlink()
    dev.PYTHON.touch()
    dev.make_venv()
    assert len(machine.asked) == 1


def test_an_installation_that_fails_ends_with_pips_last_words(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = tmp_path / "pip.py"
    pip.write_text(
        "print('Collecting one==1'); print('no such file'); raise SystemExit(1)", "utf-8"
    )
    real = subprocess.Popen

    def popen(command: list[str], **named: Any) -> subprocess.Popen[str]:
        assert "--require-hashes" in command
        return real([sys.executable, str(pip)], **named)

    monkeypatch.setattr(dev.subprocess, "Popen", popen)
    with pytest.raises(dev.Stop, match="no such file"):
        dev.install("run.txt")


def test_main_turns_a_stop_into_a_message_and_an_exit_code(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(rest: list[str]) -> int:
        raise dev.Stop("please do this: " + " ".join(rest))

    monkeypatch.setitem(dev.COMMANDS, "run", stop)
    assert dev.main(["run", "--home", "x"]) == 3
    assert "please do this: --home x" in capsys.readouterr().err


@pytest.mark.parametrize("version", [(3, 9, 2), (3, 10, 13), (3, 15, 0)])
def test_a_python_that_does_not_fit_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 to 3\.14"):
        runpy.run_path(str(ROOT / "dev.py"), run_name="__main__")


def test_every_library_that_qt_needs_has_its_package(dev: ModuleType) -> None:
    """What this machine's Qt asks the loader for, apart from the C library's own."""
    qt = importlib.util.find_spec("PySide6")
    if not shutil.which("readelf") or qt is None or not qt.submodule_search_locations:
        pytest.skip("no readelf to ask")
    places = Path(qt.submodule_search_locations[0])
    plugins = places / "Qt" / "plugins" / "platforms"
    asked = [places / f"{name}.abi3.so" for name in ("QtGui", "QtWidgets", "QtNetwork", "QtDBus")]
    asked += [plugins / "libqxcb.so", plugins / "libqoffscreen.so", plugins / "libqwayland.so"]
    direct: set[str] = set()
    used = ("Core", "Gui", "Widgets", "DBus", "Network", "Svg", "XcbQpa", "WaylandClient", "OpenGL")
    asked += [places / "Qt" / "lib" / f"libQt6{name}.so.6" for name in used]
    for library in asked:
        told = subprocess.run(
            ["readelf", "-d", library], capture_output=True, text=True, check=False
        )
        direct |= {line.split("[")[1][:-1] for line in told.stdout.splitlines() if "NEEDED" in line}
    assert len(direct) > 20
    own = ("libQt6", "libpyside6", "libshiboken6", "libicu")
    language = (
        "libc.",
        "libm.",
        "libdl.",
        "libpthread.",
        "libstdc++",
        "libgcc_s",
        "librt.",
        "libresolv.",
        "ld-",
    )
    unknown = {name for name in direct if not name.startswith((*own, *language))} - set(dev.DEBIAN)
    assert not unknown
