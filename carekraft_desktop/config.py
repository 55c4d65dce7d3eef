"""Settings and folders: read once at the start, frozen from then on.

The settings file holds plain choices and nothing secret or personal. A file that cannot
be understood never stops the program: it is kept aside and the defaults are used.
"""

import logging
import os
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta
from msgspec.structs import asdict, fields

from carekraft_desktop.errors import DiskFull, StoreReadOnly
from carekraft_desktop.value import Value

_log = logging.getLogger(__name__)

NAME = "CareKraft Desktop"
LARGEST_SETTINGS = 64 * 1024  # bytes; the real file has about 150
_NO_SPACE = 28  # ENOSPC, the same number on every system
_NEAR = frozenset({"127.0.0.1", "::1", "localhost"})


class Theme(StrEnum):
    """How the windows are coloured."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Settings(Value, frozen=True, kw_only=True):
    """What a person chose for this workstation."""

    exchange: str = ""
    """Address of the exchange, https except on this computer itself; "" before enrolment."""
    theme: Theme = Theme.SYSTEM
    text_scale: Annotated[int, Meta(ge=100, le=200)] = 100
    """Size of text in per cent, on top of the system's own scale."""
    idle_minutes: Annotated[int, Meta(ge=1, le=15)] = 5
    """Minutes without input until the screen locks (REQ-04)."""
    alerts: bool = True
    """Whether the operating system tells that something has come; counts only, never names."""
    sound: bool = False
    quiet: bool = False
    """Whether the quiet hours are kept."""
    quiet_from: Annotated[int, Meta(ge=0, lt=1440)] = 18 * 60
    """Minutes after midnight."""
    quiet_to: Annotated[int, Meta(ge=0, lt=1440)] = 7 * 60
    packet_folder: Annotated[str, Meta(max_length=1_000)] = ""
    """A second place for the downtime packet, such as a memory stick; "" for none."""
    backup_folder: Annotated[str, Meta(max_length=1_000)] = ""
    """Where backups go, such as a second disk or a share; "" for this computer's own folder."""


class Folders(Value, frozen=True):
    """Where this workstation keeps its files; all of them readable by their owner only."""

    home: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.home / "settings.json"

    @property
    def office(self) -> Path:
        """The folder of the store and its keys; it is there when the workstation is set up."""
        return self.home / "office"

    @property
    def setting_up(self) -> Path:
        """The same folder while it is being made; left over when a set-up was cut short."""
        return self.home / "office.new"

    @property
    def ending(self) -> Path:
        """While it is there, what this workstation holds is to be destroyed (REQ-98)."""
        return self.home / "office.ending"

    @property
    def lock(self) -> Path:
        """Held by the one process that uses this folder."""
        return self.home / "program.lock"

    @property
    def logs(self) -> Path:
        """The folder of the log files."""
        return self.home / "logs"

    @property
    def downtime(self) -> Path:
        """The folder of the downtime packet."""
        return self.home / "downtime"

    @property
    def copies(self) -> Path:
        """The folder of the encrypted backup copies."""
        return self.home / "copies"


def usual_home(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The folder for a program's data that this operating system prescribes.

    Args:
        environment: the process's variables.
        platform: as in `sys.platform`.
    """
    if platform == "win32":
        given = environment.get("LOCALAPPDATA")
        base = Path(given) if given else Path.home() / "AppData" / "Local"
        return base / NAME
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    given = environment.get("XDG_DATA_HOME", "")
    # The XDG specification says that a relative path is to be ignored.
    base = Path(given) if given.startswith("/") else Path.home() / ".local" / "share"
    return base / "carekraft-desktop"


def private_folder(path: Path) -> Path:
    """Make `path`, or take it over, so that only its owner can look inside.

    On Windows the folder inherits the rights of the person's own profile, which say the same.

    Raises:
        StoreReadOnly: it cannot be made.
        DiskFull: there is no space.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o700)
    except OSError as failure:
        raise translated(failure) from failure
    return path


def translated(failure: OSError) -> DiskFull | StoreReadOnly:
    """Our error for what the operating system said about a file that could not be written."""
    return DiskFull() if failure.errno == _NO_SPACE else StoreReadOnly(type(failure).__name__)


def find_folders(home: Path | None, environment: Mapping[str, str]) -> Folders:
    """Choose and make the data folder.

    Args:
        home: what `--home` said; wins over the variable CAREKRAFT_HOME, which wins over the
            system's usual place.
        environment: the process's variables.

    Raises:
        StoreReadOnly: the folder cannot be made.
    """
    named = environment.get("CAREKRAFT_HOME")
    chosen = home or (Path(named) if named else usual_home(environment))
    return Folders(private_folder(chosen.expanduser().absolute()))


def is_acceptable_exchange(address: str) -> bool:
    """Whether `address` may be spoken to: https, or plain http to this computer itself."""
    try:
        parts = urlsplit(address)
        near = parts.scheme == "http" and parts.hostname in _NEAR
        personal = parts.username or parts.password or parts.query or parts.fragment
        return bool(parts.hostname) and (parts.scheme == "https" or near) and not personal
    except ValueError:
        return False


def read_settings(folders: Folders) -> Settings:
    """The settings, or the defaults where the file is missing or cannot be understood.

    A file that cannot be understood is kept as `settings.json.bad`. A field from a newer
    version is passed over and the rest is used.
    """
    try:
        with folders.settings.open("rb") as file:
            content = file.read(LARGEST_SETTINGS + 1)
    except FileNotFoundError:
        return Settings()
    except OSError:
        _log.warning("settings-unreadable")
        return Settings()
    settings = _understood(content)
    if settings is None:
        _log.warning("settings-not-understood")
        _keep_aside(folders.settings)
        return Settings()
    return settings


def _understood(content: bytes) -> Settings | None:
    """The settings in `content`, None when it holds none that are lawful."""
    try:
        if len(content) > LARGEST_SETTINGS:
            return None
        found = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
        settings = msgspec.json.decode(content, type=Settings)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    if settings.exchange and not is_acceptable_exchange(settings.exchange):
        return None
    if set(found) - {field.name for field in fields(Settings)}:
        _log.info("settings-field-unknown")
    return settings


def _keep_aside(path: Path) -> None:
    """Move a file that was not understood out of the way, for whoever wants to mend it."""
    try:
        path.replace(path.with_name(path.name + ".bad"))
    except OSError:
        _log.warning("settings-not-kept-aside")


def write_settings(folders: Folders, settings: Settings) -> None:
    """Replace the settings file in one step.

    Raises:
        StoreReadOnly: the folder cannot be written.
        DiskFull: there is no space; the old settings stand.
    """
    fresh = folders.settings.with_name("settings.json.new")
    try:
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(asdict(settings))))
        fresh.replace(folders.settings)
    except OSError as failure:
        raise translated(failure) from failure
