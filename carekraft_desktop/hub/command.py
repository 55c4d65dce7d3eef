"""`carekraft-desktop hub`: runs the reference exchange from the command line."""

import argparse
from collections.abc import Sequence

from carekraft_desktop.hub import operator_command, serve_command
from carekraft_desktop.hub.exits import TOLD, USAGE
from carekraft_desktop.hub.opening import opened


def main(argv: Sequence[str]) -> int:
    """Run `hub serve` or one of the operator's commands; the exit code."""
    try:
        chosen = _parser().parse_args(argv)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else USAGE
    if chosen.action == "serve":
        return serve_command.run(chosen, argv)
    database = opened(chosen.database)
    if isinstance(database, int):
        return database
    try:
        return operator_command.run(chosen, database)
    finally:
        database.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="carekraft-desktop hub",
        description="The reference exchange: what workstations of offices sync with.",
        epilog=f"Each command explains itself with --help.\n\n{TOLD}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    serve_command.add_to(actions)
    operator_command.add_to(actions)
    return parser
