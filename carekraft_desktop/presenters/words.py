"""Two sentences that belong together: what happened, and what to do about it."""

from carekraft_desktop.value import Value


class Words(Value, frozen=True):
    """What happened, and what to do about it."""

    title: str
    advice: str
