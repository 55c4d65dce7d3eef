"""`carekraft-desktop support-bundle`: read what support would see, then save it or not."""

from argparse import Namespace

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.cli.exits import failed, say
from carekraft_desktop.errors import CareKraftError


def run(program: Program, chosen: Namespace) -> Exit:
    """Print the bundle; with a name, also counts and codes from the store."""
    from carekraft_desktop.cli.sync import unlocked
    from carekraft_desktop.services import support

    desk = None
    try:
        if chosen.user:
            program.claim()
            desk = unlocked(program, chosen).desk
        text = support.bundle(program.stands(), desk)
        if chosen.save is not None:
            support.write(text, chosen.save)
    except CareKraftError as failure:
        return failed(failure)
    finally:
        if chosen.user:
            program.release()
    say(text.rstrip())
    return Exit.DONE
