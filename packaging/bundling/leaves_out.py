"""What PyInstaller would take along and nobody needs."""

import re
from fnmatch import fnmatchcase
from importlib.metadata import packages_distributions

_ALWAYS = {
    "tkinter",
    "_distutils_hack",
    # For an exchange on PostgreSQL, which is a server of its own and no office's business.
    "psycopg",
    "psycopg_binary",
}

_BY_PLACE = (
    # The program speaks English, and draws no page of the web, no 3D and no foreign desktop's dialogs.
    "PySide6/Qt/translations/*",
    "PySide6/translations/*",
    "PySide6/opengl32sw.dll",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/Qt/plugins/egldeviceintegrations/*",
    "PySide6/Qt/plugins/platforms/libqeglfs.so",
    "PySide6/Qt/plugins/platforms/libqlinuxfb.so",
    "PySide6/Qt/plugins/platforms/libqminimalegl.so",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay.so",
    "PySide6/Qt/plugins/platforms/libqvnc.so",
    # Only that plug-in of GTK asks for these.
    "libgtk-3.so.*",
    "libgdk-3.so.*",
    "libatk*.so.*",
    "libatspi.so.*",
    "libpango*.so.*",
    "libcairo*.so.*",
    "libgdk_pixbuf*.so.*",
    "libharfbuzz.so.*",
    "libepoxy.so.*",
    "libtiff.so.*",
    "libtracker*.so.*",
    "libgnutls.so.*",
    "libunistring.so.*",
    "libp11-kit.so.*",
    "libcups.so.*",
    "libavahi*.so.*",
)


def by_import(pinned: str) -> list[str]:
    """Modules that are not taken, even where a library would use them if it found them.

    Args:
        pinned: the program's requirement file; whatever else is installed here is no part of it.
    """
    wanted = {_plain(name) for name in re.findall(r"^([\w.-]+)==", pinned, re.MULTILINE)}
    foreign = {
        module
        for module, makers in packages_distributions().items()
        if wanted.isdisjoint(map(_plain, makers))
    }
    return sorted(foreign | _ALWAYS)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def is_left_out(place: str) -> bool:
    """Whether the file at this place inside the folder stays away; slashes of either kind."""
    name = place.replace("\\", "/")
    return any(fnmatchcase(name, pattern) for pattern in _BY_PLACE)
