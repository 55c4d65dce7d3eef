"""A workstation is lost: shut it out, and keep what its last word proves (REQ-96)."""

import json

from msgspec.structs import asdict

from carekraft_desktop.domain.incidents import Containment, Entered, File, Secured, Step
from carekraft_desktop.domain.machines import Machine, Told, against
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere
from carekraft_desktop.services import incidents as files
from carekraft_desktop.services import outgoing_notices, step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import machines


def others(desk: Desk) -> tuple[Machine, ...]:
    """The office's other workstations, each with its last word; those out of service hold nothing."""
    desk.require(Right.REPORT_INCIDENTS, "lost.list")
    with desk.store.read() as unit:
        found = machines.others(unit, desk.device)
    return tuple(each for each in found if each.retired_at is None)


def report(
    desk: Desk,
    incident_id: str,
    device: str,
    proof: StepUp | None,
    told: Told,
) -> File:
    """Report a workstation lost; its evidence goes into the incident's file.

    Args:
        desk: who reports it, at another workstation.
        incident_id: the incident it belongs to.
        device: its id at the exchange.
        proof: that the password was typed just now.
        told: what else is known: whether a password lay with it, whether a sign-in was shared,
            how it was seen last.

    Raises:
        PasswordAgain: the password was not typed just now.
        NoLongerThere: the office has no such workstation.
    """
    desk.require(Right.KEEP_INCIDENTS, "lost.report", device)
    step_up.require(desk, proof, "lost.report", device)
    with desk.store.write() as unit:
        file = files.found_file(unit, desk, incident_id)
        found = {each.device: each for each in machines.others(unit, desk.device)}
        if device not in found:
            raise NoLongerThere
        outgoing_notices.lost(desk, unit, device)
        candidate = not against(found[device], told)
        for kind, value in (
            (Entered.EVIDENCE, json.dumps(pack(found[device], told))),
            (Entered.CONTAINMENT, Containment.MACHINE_REVOKED.value),
            (Entered.SECURED, (Secured.YES if candidate else Secured.NOT_KNOWN).value),
            (Entered.STEP, Step.REPORT_LOST.value),
        ):
            files.add(desk, unit, file, kind, value)
        desk.note(unit, "lost.report", device, detail="candidate" if candidate else "presumed")
    return files.read(desk, incident_id)


def pack(machine: Machine, told: Told) -> dict[str, object]:
    """The evidence: the machine's last signed word, what was answered, what follows by the rule."""
    said = asdict(machine)
    stands = against(machine, told)
    return {
        **{name: value for name, value in said.items() if name != "version"},
        "key_in_memory": machine.key_in_memory,
        "told": asdict(told),
        "against": [each.value for each in stands],
        "candidate": not stands,
    }
