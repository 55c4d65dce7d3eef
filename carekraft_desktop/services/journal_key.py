"""The key of the journal's chain, kept in the store, so that the chain goes on under another key.

At first the data key gives it. Before the store gets another one, and before a copy is made that
may be put back under another one, it is written into the encrypted store.
"""

from carekraft_desktop.services.opening import Opened
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact


def keep_journal_key(opened: Opened) -> None:
    """From the first time on the chain's key lies in the store."""
    with opened.store.read() as unit:
        if facts.get(unit, Fact.JOURNAL_KEY):
            return
    with opened.store.write() as unit, opened.unlocked.derive("audit/v1") as key:
        facts.put(unit, Fact.JOURNAL_KEY, bytes(key.content).hex())
