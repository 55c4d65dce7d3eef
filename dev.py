"""The one command for working on CareKraft Desktop: it prepares the machine, then does the work.

Only the standard library is used, and only a Python is assumed. Everything the program needs
goes into `.venv`, from requirement files that are pinned and hashed; what was prepared is
written down in a stamp, so that the second call goes straight to work.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)  # the libraries have wheels for these and those between
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "carekraft-stamp.json"
REQUIREMENTS = ROOT / "packaging" / "requirements"
WINDOWS = sys.platform == "win32"
POSTGRES = Path("/usr/lib/postgresql")  # where Debian keeps its server programs
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
BUNDLING = ROOT / "packaging"
CHECKED = ("carekraft_desktop", "ui", "tests", "packaging/bundling", "dev.py")

# Qt's libraries as the loader names them, and the Debian packages that carry them.
# From trying each in a bare Debian; the second half is for a real X or Wayland screen.
DEBIAN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}

# Run by the prepared Python: prints the libraries that Qt would not find, one a line.
PROBE = """
import ctypes, importlib.util, pathlib, re, shutil, subprocess, sys
qt = pathlib.Path(importlib.util.find_spec("PySide6").submodule_search_locations[0])
wanted = [qt / f"{name}.abi3.so" for name in
          ("QtGui", "QtWidgets", "QtSvg", "QtNetwork", "QtDBus", "QtTest")]
wanted += [qt / "Qt" / "plugins" / "platforms" / f"libq{name}.so" for name in sys.argv[1:]]
missing = set()
for path in filter(pathlib.Path.exists, wanted):
    if shutil.which("ldd"):
        told = subprocess.run(["ldd", path], capture_output=True, text=True, check=False).stdout
        missing.update(re.findall(r"(\\S+) => not found", told))
        continue
    try:
        ctypes.CDLL(str(path))
    except OSError as failure:
        missing.add(str(failure).split(":")[0])
print(*sorted(missing), sep="\\n")
"""


class Stop(Exception):
    """The work cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """Tell the person at the terminal, at once."""
    print(f"dev.py: {text}", flush=True)


# ------------------------------------------------------------------ the machine's packages


def as_administrator() -> list[str] | None:
    """What to put before a command that installs packages; None when we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def apt_install(packages: list[str], reason: str) -> None:
    """Install Debian packages when allowed, else stop with the one command to type.

    Raises:
        Stop: not allowed, or the installation failed.
    """
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    typed = f"sudo apt-get update && sudo {' '.join(install)}"
    prefix = as_administrator()
    if prefix is None:
        raise Stop(f"{reason} Please run this once, then try again:\n\n    {typed}\n")
    say(f"{reason} Installing {' '.join(packages)} ...")
    # Nothing is asked, and a setting that is there already is kept.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "DPKG_FORCE": "confold"}
    for command in (["apt-get", "update"], install):
        done = subprocess.run(
            [*prefix, *command], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            tail = "\n".join((done.stdout + done.stderr).splitlines()[-8:])
            raise Stop(f"{tail}\n\nInstalling failed. Mend that, then run:\n\n    {typed}\n")


def want_real_servers() -> None:
    """Bring what tests like to meet for real, where that is allowed; they skip it elsewhere.

    A PostgreSQL server (no cluster of the system's own is made or started) and a keyring.
    """
    wanted = [] if POSTGRES.is_dir() or shutil.which("initdb") else ["postgresql"]
    if not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")):
        wanted += ["dbus", "dbus-daemon", "gnome-keyring"]
    if not wanted or not shutil.which("apt-get") or as_administrator() != []:
        return
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if "postgresql" in wanted and not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n", "utf-8")
    try:
        apt_install(wanted, "Some tests meet real servers.")
    except Stop:
        say("They could not be installed; those tests will be skipped.")


def need_ensurepip() -> None:
    """Debian ships Python without the part that makes virtual environments."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    reason = "This Python cannot make virtual environments."
    if not shutil.which("apt-get"):
        raise Stop(f"{reason} Install your system's package for Python's venv and ensurepip.")
    apt_install([package], reason)
    importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        raise Stop(f"{reason} {package} was installed, yet ensurepip is still missing.")


def missing_libraries(platforms: list[str]) -> list[str]:
    """The shared libraries that Qt and these platform plug-ins would not find."""
    found = subprocess.run(
        [str(PYTHON), "-c", PROBE, *platforms], capture_output=True, text=True, check=False
    )
    if found.returncode:
        raise Stop(f"Qt could not be examined:\n{found.stderr[-600:]}\nDelete .venv and try again.")
    return found.stdout.split()


def need_qt_libraries(platforms: list[str]) -> None:
    """Install, or ask for, what Qt lacks on this Linux.

    Raises:
        Stop: something is missing and we may not, or do not know how to, install it.
    """
    missing = missing_libraries(platforms)
    reason = f"Qt lacks {len(missing)} of the system's libraries."
    tried: set[str] = set()
    while missing and shutil.which("apt-get"):
        # Most are there because another one needs them, and come with it; what a library that
        # was just installed needs in turn is seen only now: hence the loop.
        packages = {DEBIAN[name] for name in missing if name in DEBIAN} - tried
        if not packages:
            break
        apt_install(sorted(packages), reason)
        tried |= packages
        missing = missing_libraries(platforms)
    if missing:
        raise Stop(f"{reason} {advice(missing)}")


def advice(missing: list[str]) -> str:
    """What to do about libraries that we cannot install here."""
    for tool in ("dnf", "zypper"):
        if shutil.which(tool):
            names = " ".join(f"'{name}()(64bit)'" for name in missing)
            return f"Please run this once:\n\n    sudo {tool} install {names}\n"
    return f"Install your system's packages that hold: {', '.join(missing)}"


# ------------------------------------------------------------------ the virtual environment


def digest(path: Path) -> str:
    """A file's SHA-256; empty when there is no such file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def python_of_venv() -> str:
    """Which Python `.venv` was made from; empty when it is not there or no longer runs."""
    about = VENV / "pyvenv.cfg"
    if not (PYTHON.exists() and about.exists()):
        return ""
    found = re.search(r"^version(?:_info)?\s*=\s*(\S+)", about.read_text("utf-8"), re.MULTILINE)
    return found.group(1) if found else ""


def read_stamp() -> dict[str, str]:
    """What was prepared last time; empty when unknown."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and stamp.get("python") == python_of_venv() else {}


def write_stamp(stamp: dict[str, str]) -> None:
    """Note what is prepared; a half-written stamp counts as none."""
    STAMP.write_text(json.dumps({**stamp, "python": python_of_venv()}, indent=1), "utf-8")


def make_venv() -> None:
    """Make `.venv`, or make it anew when its Python is gone."""
    if python_of_venv():
        return
    need_ensurepip()
    say(f"making .venv with Python {sys.version.split()[0]} ...")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Stop(f"{done.stdout[-800:]}{done.stderr[-800:]}\n.venv could not be made.")


def install(name: str) -> None:
    """Install one requirement file, telling how far it is.

    Raises:
        Stop: pip failed; its last lines are in the text.
    """
    path = REQUIREMENTS / name
    total = len(re.findall(r"^[A-Za-z0-9].*==", path.read_text("utf-8"), re.MULTILINE))
    say(f"installing up to {total} packages from {name} (once; some minutes, about 200 MB) ...")
    command = [
        *(str(PYTHON), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"),
        *("--disable-pip-version-check", "--no-input", "--progress-bar", "off", "-r", str(path)),
    ]
    lines: list[str] = []
    step = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line.rstrip())
            if line.startswith("Collecting "):
                step += 1
                say(f"  [{step}/{total}] {line.split()[1].split('==')[0]}")
            elif line.startswith("Installing collected"):
                say("  unpacking ...")
    if pip.returncode:
        tail = "\n".join(lines[-12:])
        raise Stop(
            f"{tail}\n\nInstalling failed. Without a network, connect and try again; what was "
            "fetched is kept. If it fails again, delete .venv first."
        )


def screen_plugins(*, window: bool) -> list[str]:
    """The Qt platform plug-ins that will be used here."""
    plugins = ["offscreen"]
    if window and os.environ.get("QT_QPA_PLATFORM", "") != "offscreen":
        if os.environ.get("DISPLAY"):
            plugins.append("xcb")
        if os.environ.get("WAYLAND_DISPLAY"):
            plugins.append("wayland")
    return plugins


def prepare(name: str, *, window: bool = False) -> None:
    """Make sure that everything in requirement file `name` is there, and Qt can load.

    Args:
        name: `run.txt`, or `dev.txt` or `build.txt`, which hold all of the first.
        window: whether a real screen will be used, where there is one.
    """
    stamp = read_stamp()
    files = {"run.txt", name}
    if any(stamp.get(each) != digest(REQUIREMENTS / each) for each in files):
        make_venv()
        install(name)
        # The lists agree in what they share, so none of them spoils what another has brought.
        same = read_stamp().get("run.txt") == digest(REQUIREMENTS / "run.txt")
        stamp = {key: value for key, value in read_stamp().items() if same or key.startswith("qt-")}
        write_stamp({**stamp, **{each: digest(REQUIREMENTS / each) for each in files}})
        stamp = read_stamp()
    if sys.platform == "linux":
        plugins = screen_plugins(window=window)
        if any(f"qt-{each}" not in stamp for each in plugins):
            need_qt_libraries(plugins)
            write_stamp({**stamp, **{f"qt-{each}": "loads" for each in plugins}})


# ------------------------------------------------------------------ the commands


def become(command: list[str], **environment: str) -> int:
    """Run the program in place of this one, so that signals and the exit code are its own."""
    os.environ.update(environment)
    if not WINDOWS:
        os.chdir(ROOT)
        os.execv(command[0], command)  # noqa: S606 (no shell is the point)
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def run(rest: list[str]) -> int:
    """Open the demonstration office."""
    prepare("run.txt", window=True)
    return become([str(PYTHON), "-m", "carekraft_desktop", "demo", *rest])


def test(rest: list[str]) -> int:
    """Run the tests, in random order, without a screen; all of them side by side."""
    prepare("dev.txt")
    if sys.platform == "linux":
        want_real_servers()
    # Many tests start the program anew; it is compiled once, as an installed one is.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # A few chosen tests are done before a second worker has started.
    how = rest or ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]
    return become([str(PYTHON), "-m", "pytest", *how], QT_QPA_PLATFORM="offscreen")


def bench(rest: list[str]) -> int:
    """Measure against the limits of the performance goals."""
    prepare("dev.txt")
    command = [str(PYTHON), "-m", "tests.benchmarks", *rest]
    return become(command, QT_QPA_PLATFORM="offscreen")


def load(rest: list[str]) -> int:
    """Measure what polls, pages and bookings cost an exchange on a real PostgreSQL."""
    prepare("dev.txt")
    if sys.platform == "linux":
        want_real_servers()
    return become([str(PYTHON), "-m", "tests.benchmarks.load", *rest])


def pictures(rest: list[str]) -> int:
    """Paint every screen in every mode into `pictures-output/`."""
    prepare("dev.txt")
    command = [str(PYTHON), "-m", "tests.pictures", *rest]
    return become(command, QT_QPA_PLATFORM="offscreen")


def package(rest: list[str]) -> int:
    """Make what an office installs, for this system, and try it out."""
    prepare("build.txt")
    return become(
        [str(PYTHON), "-m", "bundling", *rest], PYTHONPATH=f"{ROOT}{os.pathsep}{BUNDLING}"
    )


def check(rest: list[str]) -> int:
    """Format, lint, types, import contracts and the code's shape; all of them, always."""
    prepare("dev.txt")
    paths = [name for name in CHECKED if (ROOT / name).exists()]
    python = str(PYTHON)
    steps = {
        "format": [python, "-m", "ruff", "format", "--check", *paths],
        "lint": [python, "-m", "ruff", "check", *paths],
        "types": [python, "-m", "mypy", *paths],
        "contracts": [str(PYTHON.with_name("lint-imports" + PYTHON.suffix))],
        "shape": [python, "-m", "pytest", "-q", "-p", "no:randomly", "tests/unit/test_shape.py"],
    }
    unknown = sorted(set(rest) - set(steps))
    if unknown:
        raise Stop(f"No such check: {', '.join(unknown)}. There are: {', '.join(steps)}.")
    chosen = {name: steps[name] for name in steps if not rest or name in rest}
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    failed = []
    for name, command in chosen.items():
        say(f"{name} ...")
        begun = time.perf_counter()
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        took = time.perf_counter() - begun
        say(f"{name}: {'FAILED' if code else 'good'} in {took:.1f} s")
        if code:
            failed.append(name)
    if failed:
        say(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def lock(rest: list[str]) -> int:
    """Choose versions anew: `*.in` to `*.txt`, with hashes, for every system."""
    need_ensurepip()
    with tempfile.TemporaryDirectory(prefix="lock-") as folder:
        place = Path(folder)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = place / PYTHON.relative_to(VENV)
        quiet = ("-q", "--disable-pip-version-check")
        subprocess.run([str(python), "-m", "pip", "install", *quiet, "uv"], check=True)
        for name, after in (("run", []), ("dev", ["-c", "run.txt"]), ("build", ["-c", "dev.txt"])):
            say(f"resolving {name}.in ...")
            command = [
                *(str(python), "-m", "uv", "pip", "compile", "--universal", "--generate-hashes"),
                *("--no-header", "--no-annotate", "--no-emit-index-url", "--upgrade", "--quiet"),
                *("--python-version", ".".join(map(str, OLDEST)), *after, *rest),
                *(f"{name}.in", "-o", f"{name}.txt"),
            ]
            subprocess.run(command, cwd=REQUIREMENTS, check=True, stdout=subprocess.DEVNULL)
    say("done; read the difference before you commit it.")
    return 0


COMMANDS = {
    each.__name__: each for each in (run, test, check, bench, load, pictures, package, lock)
}


def main(arguments: list[str]) -> int:
    """Choose the command; everything after its name is passed on."""
    parser = argparse.ArgumentParser(prog="dev.py", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        told = (command.__doc__ or name).splitlines()[0]
        commands.add_parser(name, help=told, add_help=False)
    chosen, rest = parser.parse_known_args(arguments[:1])[0].command, arguments[1:]
    try:
        return COMMANDS[chosen](rest)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 3
    except subprocess.CalledProcessError as failure:
        print(f"\ndev.py: a step failed: {' '.join(failure.cmd[:4])}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("\ndev.py: stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(
            "CareKraft Desktop needs Python {}.{} to {}.{}; this is {}.{}. Start dev.py with "
            "another one, for example: python3.13 dev.py run".format(
                *OLDEST, *NEWEST, *sys.version_info[:2]
            )
        )
    sys.exit(main(sys.argv[1:]))
