"""The demonstration's partner takes a referral from a desk's outbox and books it by itself."""

from types import SimpleNamespace
from typing import cast

import pytest

from carekraft_desktop.cli import demo
from carekraft_desktop.domain.referrals import Stage
from carekraft_desktop.hub.sandbox.partner import CLIENT, ROOT
from carekraft_desktop.services import partners, referrals
from carekraft_desktop.services.opening import Opened
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


def booked(referring: Referring) -> str:
    """A referral that is at the partner's, waiting for an answer."""
    desk = referring.ours
    entry = desk.entry(wants_sex=False)
    address = f"{referring.hub.url}{ROOT}"
    partners.keep(desk.desk, partners.Wish("", "Lakeview Hospital", address, CLIENT, (entry.npi,)))
    patient_id = desk.patient()
    desk.permit(patient_id, entry)
    referral = desk.sent(patient_id, entry)
    desk.settle()
    assert desk.look(referral).stage is Stage.PROPOSED
    return referral


def there(referring: Referring) -> list[str]:
    """How everything stands that the partner has."""
    kept = referring.hub.sandbox.partner._kept
    return [resource["status"] for resource, _ in kept.values()]


@pytest.mark.req("REQ-68")
def test_what_is_withdrawn_after_it_arrived_is_taken_back_there(referring: Referring) -> None:
    referral, desk = booked(referring), referring.ours
    permission = desk.look(referral).work.permission_id
    referring.hub.play("patient/revoke", permission=permission)
    desk.settle()
    assert there(referring) == ["cancelled"]
    assert desk.look(referral).stage is Stage.CANCELLED


@pytest.mark.req("REQ-69")
def test_the_same_permission_is_not_used_by_way_of_a_partner_and_the_exchange(
    referring: Referring,
) -> None:
    referral = booked(referring)
    patient_id = referring.ours.look(referral).work.patient_id
    other = referring.seat()
    other.prepare()
    with other.store.read() as unit:
        assert unit.value("SELECT stage FROM referral WHERE id = ?", referral) == "proposed"
    assert str(referrals.permitted(other.desk, patient_id)) == "COUNT_USED"
