"""Goal 16, the workstation's half: asking the exchange when nothing has changed."""

import http.client

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.feed import Page
from carekraft_desktop.services.sync import Link
from tests.benchmarks import exchange
from tests.benchmarks.bench import Bench
from tests.benchmarks.measure import Check, cpu, interleave
from tests.benchmarks.receiving import Stores, opened, sync_of

POLLS = 60
FEED = 40
"""Bookings in the feed; an idle poll does not depend on them."""


def idle(bench: Bench) -> list[Check]:
    """CPU of one poll, and whether a whole idle cycle writes."""
    with exchange.running(bench.place("exchange"), FEED) as there:
        store = opened(Stores(bench).folder())
        sync = sync_of(store, there)
        while sync.cycle(wait=0).state.link is not Link.UP_TO_DATE:
            pass
        with store.read() as unit:
            cursor = str(unit.value("SELECT value FROM meta WHERE name = 'cursor'"))
            commits = int(unit.value("SELECT n FROM commits"))
        sync.cycle(wait=0)
        with store.read() as unit:
            written = int(unit.value("SELECT n FROM commits")) - commits
        gateway = there.gateway()
        gateway.changes(cursor, limit=1_000, wait=0)
        token = gateway._token
        place = f"/v1/offices/{there.device.office_id}/changes?limit=1000&cursor={cursor}&wait=0"
        kept = http.client.HTTPConnection(there.url.partition("//")[2])

        def ours() -> None:
            page = gateway.changes(cursor, limit=1_000, wait=0)
            assert page is not None
            assert not page.items

        def limit() -> None:
            kept.request("GET", place, headers={"Authorization": f"Bearer {token}"})
            assert not decode(kept.getresponse().read(), Page).items

        cases = {"limit": cpu(limit, times=POLLS), "ours": cpu(ours, times=POLLS)}
        measured = interleave(cases, rounds=max(5, bench.size.rounds), limit="limit")
        kept.close()
        gateway.close()
        sync.stop(store.close)
    against = "http.client on a kept connection"
    return [
        measured.check(
            16,
            "an idle poll, CPU of the program",
            against,
            3.5,
            ours="ours",
            against="limit",
            unit="us",
        ),
        Check(16, "write transactions of an idle cycle (a count)", "none", 0.0, (float(written),)),
    ]
