"""What the files say of themselves: name and version."""

from bundling import PROGRAM, TITLE


def version() -> str:
    """As in `carekraft-desktop --version`."""
    from carekraft_desktop import __version__

    return __version__


def numbers(text: str) -> tuple[int, int, int, int]:
    """A version as Windows wants it: four numbers; what follows a letter or sign is left out."""
    found = []
    for part in text.split("."):
        digits = "".join(sign for sign in part if sign.isdigit())
        found.append(int(digits) if part.isdigit() else 0 if not digits else int(digits[:4]))
    first, second, third, fourth = [*found, 0, 0, 0, 0][:4]
    return first, second, third, fourth


def windows_version() -> object:
    """The resource that Windows shows under a file's properties."""
    from PyInstaller.utils.win32 import versioninfo as info

    said = {
        "FileDescription": TITLE,
        "FileVersion": version(),
        "InternalName": PROGRAM,
        "ProductName": TITLE,
        "ProductVersion": version(),
    }
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers(version()), prodvers=numbers(version())),
        kids=[
            info.StringFileInfo(
                [info.StringTable("040904B0", [info.StringStruct(*each) for each in said.items()])]
            ),
            info.VarFileInfo([info.VarStruct("Translation", [1033, 1200])]),
        ],
    )
