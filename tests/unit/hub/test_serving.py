"""The exchange answers on a port, and stops when asked."""

from tests.hub_fixture import Hub


def test_a_workstation_enrols_and_reads_the_whole_feed(hub: Hub) -> None:
    desk = hub.enrol()
    items, _ = desk.everything(limit=50)
    kinds = {item.kind for item in items}
    assert kinds >= {"office", "provider", "schedule", "slot", "patient", "consent", "booking"}
    seqs = [item.seq for item in items]
    assert seqs == sorted(set(seqs))
