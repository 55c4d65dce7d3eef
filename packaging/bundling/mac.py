"""Signs, notarizes and packs the program for macOS: only on a Mac, but its steps can be read anywhere.

The inner libraries are signed before what holds them: `codesign --deep` would give all of them
the outer program's entitlements and miss some.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from bundling import TITLE

ENTITLEMENTS = Path(__file__).with_name("mac.entitlements")
_CODE = (".dylib", ".so")


def inner_code(app: Path) -> list[Path]:
    """Libraries, frameworks and programs inside, the deepest first."""
    found = [
        each
        for each in app.rglob("*")
        if not each.is_symlink()
        and (each.suffix in (*_CODE, ".framework") or _is_program(each, app))
    ]
    return sorted(found, key=lambda each: (-len(each.parts), str(each)))


def _is_program(path: Path, app: Path) -> bool:
    return path.is_file() and path.parent == app / "Contents" / "MacOS" and path.stem != TITLE


def commands(app: Path, image: Path, *, identity: str, profile: str) -> Iterator[list[str]]:
    """What is run, in order.

    Args:
        app: the program.
        image: the disk image that is made.
        identity: the certificate's name in the keychain, "Developer ID Application: ...".
        profile: where `notarytool store-credentials` has kept the account.
    """
    sign = ["codesign", "--force", "--timestamp", "--options", "runtime", "--sign", identity]
    for each in inner_code(app):
        yield [*sign, str(each)]
    yield [*sign, "--entitlements", str(ENTITLEMENTS), str(app)]
    yield ["codesign", "--verify", "--strict", "--verbose=2", str(app)]
    yield [
        *("hdiutil", "create", "-volname", TITLE, "-srcfolder", str(app)),
        *("-format", "UDZO", "-ov", str(image)),
    ]
    yield ["codesign", "--timestamp", "--sign", identity, str(image)]
    yield ["xcrun", "notarytool", "submit", str(image), "--keychain-profile", profile, "--wait"]
    yield ["xcrun", "stapler", "staple", str(image)]
    yield [
        "spctl",
        "--assess",
        "--type",
        "open",
        "--context",
        "context:primary-signature",
        str(image),
    ]


def signed(app: Path, image: Path, *, identity: str, profile: str) -> None:
    """Run them all.

    Raises:
        subprocess.CalledProcessError: one failed, and has said why.
    """
    for command in commands(app, image, identity=identity, profile=profile):
        subprocess.run(command, check=True)
