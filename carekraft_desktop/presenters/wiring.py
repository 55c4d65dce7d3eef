"""Fetches the services when a store is about to be opened, and hands them to the presenters.

Imported by the window at once, but its own imports wait inside the functions: the database
library takes longer to load than the first window to paint.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.settings import About, Look, Preferences

if TYPE_CHECKING:
    from pathlib import Path

    from carekraft_desktop.bootstrap import Program as Root
    from carekraft_desktop.presenters.set_up import Typed
    from carekraft_desktop.presenters.uses import (
        AlertUses,
        CallUses,
        ChangeUses,
        FindUses,
        HandoverUses,
        MarkUses,
        OfficeUses,
        OutboxUses,
        PaperUses,
        PersonUses,
        VisitUses,
    )
    from carekraft_desktop.services.access import Opened
    from carekraft_desktop.services.sync import Link


@dataclass(frozen=True, slots=True)
class Uses:
    """The services that the pages ask."""

    visits: VisitUses
    changes: ChangeUses
    marks: MarkUses
    handover: HandoverUses
    alerts: AlertUses
    persons: PersonUses
    paper: PaperUses
    calls: CallUses
    outbox: OutboxUses
    office: OfficeUses
    find: FindUses


def load() -> Uses:
    """Import the services; slow the first time, so call it in a worker."""
    from carekraft_desktop.services import (
        alerts,
        calls,
        changes,
        find,
        handover,
        marks,
        office,
        outbox,
        paper,
        persons,
        visits,
    )

    return Uses(
        visits, changes, marks, handover, alerts, persons, paper, calls, outbox, office, find
    )


def paused() -> Link:
    """The link's value for "work offline"."""
    from carekraft_desktop.services.sync import Link

    return Link.PAUSED


def enrol(program: Root, typed: Typed) -> Opened:
    """Do the set-up with what was typed."""
    from carekraft_desktop.services.access import SetUp

    return program.set_up(
        SetUp(
            exchange=typed.exchange.strip(),
            code=typed.code.strip(),
            workstation=typed.workstation.strip(),
            name=typed.name.strip(),
            display=typed.display.strip(),
            roles=typed.roles,
            password=typed.password,
        )
    )


def preferences(program: Root) -> Preferences:
    """What was chosen at this workstation."""
    settings = program.settings
    return Preferences(
        look=Look(settings.theme.value),
        scale=settings.text_scale,
        idle_minutes=settings.idle_minutes,
        alerts=settings.alerts,
        sound=settings.sound,
        quiet=settings.quiet,
        quiet_from=settings.quiet_from,
        quiet_to=settings.quiet_to,
        packet_folder=settings.packet_folder,
    ).tidy()


def about(program: Root, opened: Opened, office: OfficeUses, version: str) -> About:
    """What the settings page says of the program and of who is signed in."""
    found = office.office(opened.desk)
    staff = opened.desk.staff
    return About(
        version=version,
        office=found.name if found is not None else "",
        exchange=program.settings.exchange,
        person=f"{staff.display} ({staff.name})",
        roles=", ".join(wording.ROLE[role].title for role in sorted(staff.roles)),
    )


def packet_places(program: Root, chosen: Preferences) -> tuple[Path, tuple[Path, ...]]:
    """The key file, and every folder that the downtime packet goes to."""
    from pathlib import Path

    from carekraft_desktop.services.access import keys_in

    folders = program.folders
    more = (Path(chosen.packet_folder),) if chosen.packet_folder else ()
    return keys_in(folders.office), (folders.downtime, *more)


class SettingsFile:
    """Keeps preferences in the program's settings file."""

    def __init__(self, program: Root) -> None:
        """For the program whose folders hold the file."""
        self._program = program

    def keep(self, chosen: Preferences) -> None:
        """Replace the file; the exchange's address in it stays."""
        from carekraft_desktop.config import Theme, read_settings, write_settings

        settings = replace(
            read_settings(self._program.folders),
            theme=Theme(chosen.look.value),
            text_scale=chosen.scale,
            idle_minutes=chosen.idle_minutes,
            alerts=chosen.alerts,
            sound=chosen.sound,
            quiet=chosen.quiet,
            quiet_from=chosen.quiet_from,
            quiet_to=chosen.quiet_to,
            packet_folder=chosen.packet_folder,
        )
        write_settings(self._program.folders, settings)
