"""`carekraft-desktop demo`: an invented office, and the real program at its front desk.

An exchange of its own runs beside the program, filled with invented people who go on booking,
moving, cancelling and withdrawing. The program enrols with it over HTTP as with any other and
does not know that nobody exists.
"""

import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.cli import demo_incidents, demo_life
from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.cli.exchange_process import ExchangeProcess
from carekraft_desktop.cli.exits import complain, exit_of, failed, say
from carekraft_desktop.domain.attesting import FIRST, Subject
from carekraft_desktop.domain.directory import Wanted
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.services import attesting, copying, directory, papers, partners
from carekraft_desktop.services.access import SetUp
from carekraft_desktop.services.admitting import Newcomer
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.referrals import record_agreement
from carekraft_desktop.services.visits import card
from carekraft_desktop.store.register import Paper

ROLES = frozenset({Role.FRONT_DESK, Role.PROVIDER, Role.PRIVACY_OFFICER})
AUTHOR = frozenset({Role.FRONT_DESK, Role.REPLY_AUTHOR})
PAPERS = {
    Paper.SOCIAL_MEDIA_POLICY: "2026-03",
    Paper.PRIVACY_NOTICE: "2026-01",
    Paper.PRIVACY_OFFICIAL: "Rosa Alvarez",
    Paper.SECURITY_OFFICIAL: "Kofi Boateng",
    Paper.CONTACT_NAME: "Jo Park",
}
"""On file in the demonstration, so that its reviews can be answered."""
PARTNER_ROOT, PARTNER_CLIENT = "/sandbox/partner/fhir", "lakeview-family-health"
"""Where the sandbox's partner is, and what it calls the office."""
_WORDS = [
    "harbor",
    "lantern",
    "meadow",
    "copper",
    "willow",
    "saddle",
    "pepper",
    "granite",
    "violet",
    "ember",
]


class Found(Protocol):
    """What a walk through the program did."""

    accepted: list[str]
    """Bookings it accepted, the second one without a network."""
    failed: str
    """The step that did not find what it looked for, empty when all did."""


Walk = Callable[[Program, ExchangeProcess, str, Path], Found]
"""Walks through the program as a person would."""


def new_password() -> str:
    """A password for one demonstration: three words and a number."""
    words = [secrets.choice(_WORDS) for _ in range(3)]
    return "-".join([*words, str(secrets.randbelow(90) + 10)])


def show(open_window: Callable[..., int], *, seed: int, per_minute: float) -> int:
    """Set the office up and open the window on it."""
    with tempfile.TemporaryDirectory(prefix="carekraft-demo-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        exchange = ExchangeProcess(folder, seed=seed, per_minute=per_minute)
        password = new_password()
        try:
            say("Making an office with invented people ...")
            exchange.start()
            program = Program.start(folder / "office")
            opened = program.set_up(_answers(exchange, password))
            code = opened.workstation_code
            papers.put(opened.desk, PAPERS)
            attesting.confirm(opened.desk, Subject.POLICY)  # it has a version now
            proof = program.confirm(opened.desk.staff.id, password, code)
            colleague = Newcomer("k.boateng", "Kofi Boateng", AUTHOR, new_password())
            program.let_in(colleague, code, proof=proof)
            record_agreement(opened.desk, on=True)
            copying.let(opened.desk, proof, on=True)
            _add_partner(opened, exchange.url)
            _receive(opened)
            demo_life.furnish(opened.desk, proof)
            demo_incidents.seed(opened.desk, exchange)
            program.lock()
            say(f"Unlock as Rosa Alvarez with the password     {password}")
            say(f"or as Kofi Boateng, who drafts replies       {colleague.password}")
            if code:
                say(f"and the workstation code     {code}")
            say("Invented patients book, move, cancel and withdraw while you watch.")
            return open_window(program, argv=["carekraft-desktop"])
        except CareKraftError as failure:
            return failed(failure)
        finally:
            exchange.stop()


def _receive(opened: Opened) -> None:
    """Hear of everybody, so that something can be on file about some of them."""
    while opened.sync.cycle(wait=0).state.receiving:
        pass


def _add_partner(opened: Opened, exchange: str) -> None:
    """An invented hospital, outside the exchange, through which somebody can be booked."""
    directory.refresh(opened.desk, opened.directory)
    entry = directory.find(opened.desk, Wanted()).found[0].entry
    address = f"{exchange}{PARTNER_ROOT}"
    wish = partners.Wish("", "Lakeview Hospital", address, PARTNER_CLIENT, (entry.npi,))
    partners.test(opened.desk, opened.link, partners.keep(opened.desk, wish))


def walk(through: Walk, *, seed: int, pictures: Path) -> int:
    """Without a display: walk through the same program, take pictures, say what was found."""
    with tempfile.TemporaryDirectory(prefix="carekraft-demo-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # Nobody acts by chance here, so that each step finds what it looks for.
        exchange = ExchangeProcess(folder, seed=seed, per_minute=0)
        try:
            say("There is no display: the demonstration walks by itself and takes pictures.")
            exchange.start()
            program = Program.start(folder / "office")
            found = through(program, exchange, new_password(), pictures)
            if found.failed:
                complain(f"this step failed: {found.failed}")
                return Exit.FAILED
            return _second_opinion(exchange, folder / "second", found.accepted, pictures)
        finally:
            exchange.stop()


def _second_opinion(
    exchange: ExchangeProcess, folder: Path, accepted: list[str], pictures: Path
) -> Exit:
    """Let another workstation of the office, new and empty, say what the exchange knows."""
    program = Program.start(folder)
    try:
        opened = program.set_up(_answers(exchange, new_password()))
        while opened.sync.cycle(wait=0).state.receiving:
            pass
        found = [card(opened.desk, booking).visit.status for booking in accepted]
    except CareKraftError as failure:
        complain(f"this step failed: asking from a second workstation ({failure.code})")
        return exit_of(failure)
    finally:
        program.release()
    if found != [Status.CONFIRMED] * 2:
        complain(f"this step failed: the exchange says {', '.join(found) or 'nothing'}")
        return Exit.FAILED
    say("  A second workstation, new and empty, received both bookings as confirmed.")
    say(f"All steps went well. Pictures: {pictures}")
    return Exit.DONE


def _answers(exchange: ExchangeProcess, password: str) -> SetUp:
    return SetUp(
        exchange=exchange.url,
        code=exchange.new_code(),
        workstation="Front desk",
        name="r.alvarez",
        display="Rosa Alvarez",
        roles=ROLES,
        password=password,
        confirms=FIRST,
    )
