"""Where a file would not stay: folders that are copied to a cloud, and disks that are carried away.

Such a place is known by its name, by what the system says of its drive, or by a variable that the
cloud's own program sets. It is a guard against mistakes; somebody who wants to copy a file can.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Any

_CLOUDS = frozenset(
    {
        *("onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud drive"),
        *("icloud", "com~apple~clouddocs", "mobile documents", "box", "box sync", "nextcloud"),
        *("owncloud", "pcloud", "pcloud drive", "mega", "megasync", "sync", "tresorit"),
        *("creative cloud files", "proton drive", "yandex.disk", "seafile", "cloudstorage"),
    }
)
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer", "DROPBOX_PATH")
_MOUNTS = ("/media", "/run/media", "/Volumes")
_REMOVABLE = 2
"""DRIVE_REMOVABLE of Windows' GetDriveTypeW."""


class Leaves(StrEnum):
    """How a file leaves such a place."""

    CLOUD = "cloud"
    REMOVABLE = "removable"


def drive_type(path: PurePath) -> int:
    """What Windows says of a path's drive; 0 elsewhere."""
    kernel32 = _kernel32()
    return int(kernel32.GetDriveTypeW(f"{path.drive}\\")) if kernel32 is not None else 0


def _kernel32() -> Any:  # noqa: ANN401 - a foreign library has no types
    """Windows' own functions; None elsewhere."""
    import ctypes

    windll = getattr(ctypes, "windll", None)
    return windll.kernel32 if windll is not None else None


def leaves(
    folder: Path,
    environment: Mapping[str, str],
    *,
    drive: Callable[[PurePath], int] = drive_type,
) -> Leaves | None:
    """Whether what is put into `folder` goes on from there; None where it stays."""
    whole = folder.expanduser().absolute()
    resolved = whole.resolve()
    for path in (whole, resolved):
        if any(_is_cloud(part) for part in path.parts):
            return Leaves.CLOUD
        for variable in _VARIABLES:
            root = environment.get(variable)
            if root and path.is_relative_to(root):
                return Leaves.CLOUD
        if any(path.is_relative_to(mount) for mount in _MOUNTS) or drive(path) == _REMOVABLE:
            return Leaves.REMOVABLE
    return None


def _is_cloud(part: str) -> bool:
    name = part.casefold()
    # Such as "OneDrive - Lakeside Family Practice" and "Dropbox (Personal)".
    bare = name.split(" - ")[0].split(" (")[0].strip()
    return bare in _CLOUDS or name.startswith("googledrive-")
