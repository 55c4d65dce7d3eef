"""The last look at an intention, just before it would leave the office.

Most may go as they were made. What must be true at the moment of sending, and not only at the
moment of deciding, is checked here, in the same look at the store as the choice to send.
"""

from collections.abc import Callable, Mapping

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import Intention
from carekraft_desktop.services import referral_gate
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value


class Verdict(Value, frozen=True):
    """What a gate says of one intention."""

    problem: str = ""
    """Why it may never leave, as a code; empty when it may."""
    until: Moment = 0
    """Not before this moment; 0 for at once."""


GO = Verdict()

Gate = Callable[[Reading, Intention, Moment], Verdict]
"""Asked with the store, the intention and the time; must not change anything."""


def _reply(unit: Reading, intention: Intention, now: Moment) -> Verdict:
    # Only where a reply is to leave: the checker takes its time to load.
    from carekraft_desktop.services import reply_gate

    return Verdict(problem=reply_gate.problem(unit, intention, now))


def _referral(unit: Reading, intention: Intention, now: Moment) -> Verdict:
    problem, until = referral_gate.look(unit, intention, now)
    return Verdict(problem, until)


GATES: Mapping[Act, Gate] = {Act.REPLY: _reply, Act.REFER: _referral, Act.CARRY: _referral}
"""The acts that are looked at once more, and by whom."""
