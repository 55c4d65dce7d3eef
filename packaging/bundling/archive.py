"""The folder as one file: for Linux, and for Windows and macOS where no installer is wanted."""

import hashlib
import platform
import sys
import tarfile
import zipfile
from pathlib import Path

from bundling import OUT, PROGRAM
from bundling.told import version

_SYSTEMS = {"win32": "windows", "darwin": "macos"}


def name() -> str:
    """Without an ending: program, version, system, processor."""
    system = _SYSTEMS.get(sys.platform, "linux")
    return f"{PROGRAM}-{version()}-{system}-{platform.machine().casefold()}"


def packed(folder: Path, moment: int) -> Path:
    """Pack a folder; the same files give the same archive.

    Args:
        folder: what is packed, under its own name.
        moment: seconds since 1970 that every file in it carries.
    """
    files = sorted(each for each in folder.rglob("*") if each.is_file() or each.is_symlink())
    if sys.platform == "win32":
        return _zipped(folder, files)
    target = OUT / f"{name()}.tar.xz"

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = moment
        return entry

    with tarfile.open(target, "w:xz", preset=6) as archive:
        for each in files:
            archive.add(each, str(each.relative_to(folder.parent)), recursive=False, filter=plain)
    return target


def _zipped(folder: Path, files: list[Path]) -> Path:
    target = OUT / f"{name()}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for each in files:
            archive.write(each, each.relative_to(folder.parent))
    return target


def sums(files: list[Path]) -> str:
    """The form that `sha256sum --check` reads."""
    lines = []
    for each in files:
        with each.open("rb") as read:
            lines.append(f"{hashlib.file_digest(read, 'sha256').hexdigest()}  {each.name}\n")
    return "".join(lines)
