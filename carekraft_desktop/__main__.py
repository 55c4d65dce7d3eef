"""The command line: the window by default, and everything that works without one."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from carekraft_desktop import __version__
from carekraft_desktop.collector import calm_collector

if TYPE_CHECKING:
    from carekraft_desktop.bootstrap import Program


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    calm_collector()
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == ["hub"]:
        return _hub(given[1:])
    chosen = _parser().parse_args(given)
    if chosen.command == "demo":
        return _demo(chosen)
    if chosen.command == "audit":
        from carekraft_desktop.cli import audit

        return audit.verify(chosen.file, chosen.key)
    if chosen.command == "check-replies":
        from carekraft_desktop.cli import check_replies

        return check_replies.run(chosen.csv)
    if chosen.command == "packet":
        from carekraft_desktop.cli import packet

        return packet.run(chosen)
    return _on_a_folder(chosen)


def _parser() -> argparse.ArgumentParser:
    from carekraft_desktop.cli.codes import EPILOG

    parser = argparse.ArgumentParser(
        prog="carekraft-desktop",
        description="The office's side of the CareKraft marketplace. Without a command, the "
        "window opens.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--home", type=Path, metavar="FOLDER", help="keep the office's files there")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    sync = commands.add_parser("sync", help="send and receive everything that waits, then end")
    sync.add_argument("--user", metavar="NAME", help="sign-in name, if there are several people")
    sync.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password (and on a second line the workstation code) from standard input",
    )
    doctor = commands.add_parser("doctor", help="check this installation and say what is wrong")
    doctor.add_argument(
        "--report",
        action="store_true",
        help="say how this installation stands, for an audit; no patient's data",
    )
    doctor.add_argument(
        "--user", metavar="NAME", help="with --report: sign in and add what the store tells"
    )
    doctor.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input"
    )
    support = commands.add_parser(
        "support-bundle",
        help="show what support may see: versions, codes and counts",
        description="Print all of what support would see, so that it is read first. Nothing is"
        " written or sent unless a file is named with --save.",
    )
    support.add_argument("--save", type=Path, metavar="FILE", help="write it there as well")
    support.add_argument(
        "--user", metavar="NAME", help="sign in and add counts and codes from the store"
    )
    support.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input"
    )
    demo = commands.add_parser("demo", help="open the demonstration office with invented people")
    demo.add_argument("--seed", type=int, default=1, help="which invented office [%(default)s]")
    demo.add_argument(
        "--public",
        type=float,
        default=6.0,
        metavar="PER_MINUTE",
        help="how many things the invented patients do in a minute [%(default)g]",
    )
    demo.add_argument(
        "--pictures",
        type=Path,
        default=Path("demo-output"),
        metavar="FOLDER",
        help="where pictures go when there is no display [%(default)s]",
    )
    replies = commands.add_parser(
        "check-replies", help="say what replies to public reviews disclose, one JSON line each"
    )
    replies.add_argument(
        "--csv", type=Path, metavar="FILE", help="read this CSV export instead of standard input"
    )
    sealed = commands.add_parser(
        "packet",
        help="read a downtime packet with the recovery key from paper",
        description="Print the visits in a downtime packet. The recovery key is read from "
        "standard input. Works on any computer, without the office's store.",
    )
    sealed.add_argument("file", type=Path, metavar="FILE", help="a file named downtime.packet")
    _backups(commands)
    audit = commands.add_parser("audit", help="check a journal that was exported")
    steps = audit.add_subparsers(dest="step", metavar="STEP", required=True)
    verify = steps.add_parser("verify", help="say whether an exported journal is whole and signed")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument(
        "--key", default="", metavar="FINGERPRINT", help="the key that must have signed it"
    )
    commands.add_parser("hub", help="run the reference exchange; see hub --help", add_help=False)
    return parser


def _backups(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands for backups and the worst day."""
    backup = commands.add_parser("backup", help="make a backup of this office and try it out")
    restore = commands.add_parser(
        "restore",
        help="put a backup in the store's place, or bring an office to a new computer",
        description="Without FOLDER the newest backup is taken. On a computer without an office,"
        " FOLDER and the recovery key from paper bring it back.",
    )
    restore.add_argument("place", type=Path, nargs="?", metavar="FOLDER", help="a backup")
    restore.add_argument(
        "--code", metavar="CODE", help="enrolment code, where the lost computer was revoked"
    )
    restore.add_argument("--workstation", metavar="NAME", help="what this computer is called")
    salvage = commands.add_parser(
        "salvage", help="save what can be read of a damaged store, and say what cannot"
    )
    _decommission(commands)
    for each in (restore, salvage):
        each.add_argument(
            "--paper", action="store_true", help="open it with the recovery key from paper"
        )
    for each in (backup, restore, salvage):
        each.add_argument(
            "--user", metavar="NAME", help="sign-in name, if there are several people"
        )
        each.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the secrets from standard input, each on a line of its own, in the order"
            " in which they are asked for",
        )


def _decommission(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command for the end of a workstation."""
    end = commands.add_parser(
        "decommission",
        help="destroy everything of the office on this computer, with a signed certificate",
        description="Refused, with what to do, while something is only here: what was not sent, a"
        " legal hold, or no backup that was tried out. Run it before the program is uninstalled.",
    )
    end.add_argument(
        "--certificate", type=Path, metavar="FILE", help="where the signed certificate is saved"
    )
    end.add_argument(
        "--look", action="store_true", help="only say what stands in the way and what would go"
    )
    end.add_argument(
        "--backups-here",
        action="store_true",
        help="also destroy the backups in this computer's own folder, where others are elsewhere",
    )
    end.add_argument(
        "--untold",
        action="store_true",
        help="go on where the exchange cannot be reached; the certificate says so",
    )
    end.add_argument("--user", metavar="NAME", help="sign-in name, if there are several people")
    end.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the secrets, and the word that confirms it, from standard input",
    )


def _hub(argv: Sequence[str]) -> int:
    from carekraft_desktop.hub import command

    return command.main(argv)


def _on_a_folder(chosen: argparse.Namespace) -> int:
    from carekraft_desktop.errors import CareKraftError

    def start() -> "Program":
        from carekraft_desktop.bootstrap import Program

        return Program.start(chosen.home)

    try:
        if chosen.command is None:
            from ui import first

            return first.main(start, argv=sys.argv)
        program = start()
    except CareKraftError as failure:
        from carekraft_desktop.cli.exits import complain, exit_of

        complain(f"the data folder cannot be used ({failure.code}); choose one with --home")
        return exit_of(failure)
    return _without_a_window(program, chosen)


def _without_a_window(program: "Program", chosen: argparse.Namespace) -> int:
    if chosen.command == "sync":
        from carekraft_desktop.cli import sync

        return sync.run(program, chosen)
    if chosen.command in {"backup", "restore", "salvage"}:
        from carekraft_desktop.cli import backups

        return backups.run(program, chosen)
    if chosen.command == "decommission":
        from carekraft_desktop.cli import decommission

        return decommission.run(program, chosen)
    if chosen.command == "support-bundle":
        from carekraft_desktop.cli import support_bundle

        return support_bundle.run(program, chosen)
    from carekraft_desktop.cli import doctor

    return doctor.run(program, chosen)


def _demo(chosen: argparse.Namespace) -> int:
    from carekraft_desktop.cli import demo
    from ui import app, tour

    if has_display(os.environ, sys.platform):
        return demo.show(app.main, seed=chosen.seed, per_minute=chosen.public)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return demo.walk(tour.walk, seed=chosen.seed, pictures=chosen.pictures)


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be seen here."""
    if environment.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    if platform.startswith("linux"):
        return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
    return True


if __name__ == "__main__":
    sys.exit(main())
