"""`python3 dev.py package`: build the folder, try it, and pack it."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bundling import OUT, PROGRAM, ROOT, TITLE, WORK, archive, icon, mac, msi, papers
from bundling.told import version
from bundling.trial import Failed, trial


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"package: {text}\n")
    sys.stdout.flush()


def main() -> int:
    """Everything that can be made on this system; the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__)
    parser.add_argument("--maker", default="CareKraft", help="who publishes it [%(default)s]")
    parser.add_argument(
        "--msi-of", type=Path, metavar="FOLDER", help="only make the installer of a Windows folder"
    )
    parser.add_argument("--untried", action="store_true", help="do not try the program out")
    parser.add_argument("--identity", help="on a Mac: sign with this certificate and notarize")
    parser.add_argument(
        "--profile", default="notary", help="on a Mac: notarytool's keychain profile"
    )
    chosen = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    try:
        if chosen.msi_of:
            handed_out = [installer(chosen.msi_of, chosen.maker)]
        else:
            handed_out = everything(chosen)
    except Failed as failure:
        say(f"the program was built, but does not work: {failure}")
        return 1
    except msi.NoWixl:
        say("an installer needs wixl (Debian: apt-get install wixl), on any Linux.")
        return 3
    except subprocess.CalledProcessError as failure:
        say(f"{Path(failure.cmd[0]).name} failed with {failure.returncode}; its words are above.")
        return 1
    (OUT / "SHA256SUMS").write_text(archive.sums(handed_out), "utf-8")
    for each in handed_out:
        say(f"{each.relative_to(ROOT)}: {each.stat().st_size / 1e6:.0f} MB")
    return 0


def everything(chosen: argparse.Namespace) -> list[Path]:
    """Build, list, try, pack; what is handed out."""
    folder, program = built()
    there = papers.libraries(papers.PINNED.read_text("utf-8"))
    without = papers.licences(there, folder / "licences")
    if without:
        raise Failed(f"no licence is known of {', '.join(without)}; add it to packaging/licences")
    (folder / "inventory.cdx.json").write_text(papers.inventory(there), "utf-8")
    size = sum(each.lstat().st_size for each in folder.rglob("*"))
    say(f"{size / 1e6:.0f} MB, {len(there)} libraries")
    if not chosen.untried:
        trial(program, say)
    if sys.platform == "darwin" and chosen.identity:
        image = OUT / f"{archive.name()}.dmg"
        mac.signed(folder.parents[1], image, identity=chosen.identity, profile=chosen.profile)
        return [image]
    say("packing ...")
    return [archive.packed(folder, moment())]


def built() -> tuple[Path, Path]:
    """The folder that PyInstaller has made, and the program in it."""
    say("building ...")
    icon.painted(WORK / "icon.png")
    shutil.rmtree(OUT / PROGRAM, ignore_errors=True)
    spec = Path(__file__).with_name("folder.spec")
    command = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
        *("--distpath", str(OUT), "--workpath", str(WORK), str(spec)),
    ]
    # With these the same sources give the same files.
    environment = {**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(moment())}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    if sys.platform == "darwin":
        inside = OUT / f"{TITLE}.app" / "Contents"
        return inside / "Resources", inside / "MacOS" / PROGRAM
    folder = OUT / PROGRAM
    return folder, folder / (PROGRAM + (".exe" if sys.platform == "win32" else ""))


def moment() -> int:
    """When the sources were last changed, in seconds since 1970; 0 outside a checkout."""
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"],  # noqa: S607 - whichever git is there
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return int(asked.stdout or 0)


def installer(folder: Path, maker: str) -> Path:
    """The MSI of a folder that was built on Windows."""
    if not (folder / f"{TITLE}.exe").is_file():
        raise Failed(f"{folder} is no folder that was built on Windows")
    target = OUT / f"{PROGRAM}-{version()}-windows-x64.msi"
    msi.made(folder, target, maker)
    return target


if __name__ == "__main__":
    sys.exit(main())
