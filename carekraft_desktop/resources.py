"""Finds the files that are shipped beside the code: icons, styles, word lists.

There are two places and no other: `_resources` inside the package, where the wheel and the
bundle carry them, and `resources` at the root of a checkout.
"""

from pathlib import Path, PurePosixPath

_PACKAGE = Path(__file__).resolve().parent
PLACES = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")


class ResourceMissing(Exception):
    """A file that every installation has is not there: the installation is broken."""


def path(name: str) -> Path:
    """Where the shipped file or folder `name` lies.

    Args:
        name: with forward slashes, below the resources, such as `icons/lock.svg`.

    Raises:
        ResourceMissing: it is not there, or the name leads out of the resources.
    """
    parts = PurePosixPath(name)
    if not name or parts.is_absolute() or ".." in parts.parts or "\\" in name or ":" in name:
        message = f"not a name of a resource: {name!r}"
        raise ResourceMissing(message)
    for place in PLACES:
        found = place / parts
        if found.exists():
            return found
    message = f"resource {name!r} is missing; the installation is broken"
    raise ResourceMissing(message)


def text(name: str) -> str:
    """The shipped text file `name`, as UTF-8.

    Raises:
        ResourceMissing: as for `path`, or it is a folder.
    """
    found = path(name)
    if found.is_dir():
        message = f"resource {name!r} is a folder"
        raise ResourceMissing(message)
    return found.read_text("utf-8")
