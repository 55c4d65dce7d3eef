"""How often Python looks for cycles; imports nothing, to be asked before anything else is."""

import gc

COLLECT_AFTER = 20_000
"""New objects after which Python looks for cycles. Its own 700 is reached hundreds of times by what
a start imports and several times by one screen of a large office, each time for nothing: modules,
rows and values hold no cycles."""


def calm_collector() -> None:
    """Look for cycles less often."""
    gc.set_threshold(COLLECT_AFTER, 10, 10)
