"""The demonstration's partner takes a referral from a desk's outbox and books it by itself."""

from types import SimpleNamespace
from typing import cast

from carekraft_desktop.cli import demo
from carekraft_desktop.domain.referrals import Stage
from carekraft_desktop.hub.sandbox.partner import CLIENT, ROOT
from carekraft_desktop.services import partners, referrals
from carekraft_desktop.services.access import Opened
from tests.referring import Referring, referring, template

__all__ = ["referring", "template"]


def test_the_demonstrations_partner_is_tested_booked_with_and_cancelled(
    referring: Referring,
) -> None:
    desk = referring.ours
    entry = desk.entry(wants_sex=False)
    address = f"{referring.hub.url}{ROOT}"
    wish = partners.Wish("", "Lakeview Hospital", address, CLIENT, (entry.npi,))
    id_ = partners.keep(desk.desk, wish)
    assert partners.test(desk.desk, desk.link, id_) == ""
    times = desk.times(entry)
    assert len(times) == 10
    patient_id = desk.patient()
    desk.permit(patient_id, entry)
    referral = desk.sent(patient_id, entry)
    desk.settle()
    assert desk.look(referral).stage is Stage.PROPOSED
    desk.clock.advance(seconds=90)
    desk.settle()
    assert desk.look(referral).stage is Stage.BOOKED
    assert times[0] not in desk.times(entry)
    referrals.cancel(desk.desk, referral)
    desk.settle()
    assert desk.look(referral).stage is Stage.CANCELLED
    assert times[0] in desk.times(entry)
    stranger = partners.Wish(id_, "Lakeview Hospital", address, "somebody-else", (entry.npi,))
    partners.keep(desk.desk, stranger)
    assert partners.test(desk.desk, desk.link, id_) == "signed-out"


def test_the_demonstration_sets_it_up_where_it_is(referring: Referring) -> None:
    assert (demo.PARTNER_ROOT, demo.PARTNER_CLIENT) == (ROOT, CLIENT)
    desk = referring.ours
    opened = SimpleNamespace(desk=desk.desk, directory=desk.directory, link=desk.link)
    demo._add_partner(cast("Opened", opened), referring.hub.url)
    (known,) = partners.every(desk.desk)
    assert (known.partner.problem, bool(known.partner.tested_at)) == ("", True)
    assert known.providers
