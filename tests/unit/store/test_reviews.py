"""Reviews in the store: what an older program kept is read anew, and records cannot be changed."""

from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.services import posting, reviews
from carekraft_desktop.store import engine
from carekraft_desktop.store.migrations import upgrade
from carekraft_desktop.store.unit import Store, _engine
from tests import samples
from tests.desks import KEY, STORE_ID, Workstation, anchor
from tests.fakes.gateway import FakeGateway
from tests.repliers import PROVIDER, SAFE, sits, stock


def test_reviews_that_an_older_program_did_not_understand_appear_after_the_step(
    tmp_path: Path,
) -> None:
    path = tmp_path / "office.store"
    path.touch()
    body = samples.review("rev-9", text='Good "care", parking is hard.').data
    old = _engine(path, bytearray(KEY))
    with old.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={engine.APPLICATION_ID}")
        upgrade(connection, to="0004")
        connection.exec_driver_sql("PRAGMA user_version=4")
        connection.exec_driver_sql("INSERT INTO meta VALUES ('store_id', ?)", (STORE_ID,))
        connection.exec_driver_sql(
            "INSERT INTO other VALUES ('review', 'rev-9', 3, ?)", (encode(body),)
        )
        connection.exec_driver_sql("INSERT INTO other VALUES ('later', 'x', 1, x'7b7d')")
    old.dispose()
    Store.open(path, KEY, anchor=anchor(tmp_path), store_id=STORE_ID).close()
    who = Staff("s", "n.ame", "Name", frozenset({Role.PROVIDER}))
    seat = Workstation(tmp_path, FakeGateway(), staff=who)
    seat.cycle()
    (line,) = reviews.inbox(seat.desk)
    assert (line.review.id, line.review.version) == ("rev-9", 3)
    assert line.review.text == 'Good "care", parking is hard.'
    with seat.store.read() as unit:
        assert unit.rows("SELECT kind FROM other") == [("later",)]
        assert unit.value("SELECT count(*) FROM quarantine") == 0
    seat.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reply_record SET text = ''",
        "DELETE FROM reply_record",
        "UPDATE paper SET value = ''",
        "DELETE FROM paper",
    ],
)
def test_what_was_posted_and_what_is_on_file_cannot_be_changed(
    seat: Workstation, statement: str
) -> None:
    stock(seat)
    posting.publish(sits(seat, PROVIDER), "rev-1", SAFE, acknowledged=1)
    with pytest.raises(dbapi2.IntegrityError), seat.store.write() as unit:
        unit.run(statement)
    with seat.store.read() as unit:
        assert unit.value("SELECT text FROM reply_record") == SAFE
        assert unit.value("SELECT count(*) FROM paper") > 0


def test_an_older_version_of_a_review_is_old_news(seat: Workstation) -> None:
    stock(seat)
    seat.gateway.put(samples.review(text="Newer.", v=5))
    seat.cycle()
    seat.gateway.put(samples.review(text="Older.", v=4))
    seat.cycle()
    assert reviews.sheet(sits(seat, PROVIDER), "rev-1").review.text == "Newer."


@pytest.mark.parametrize(
    "more",
    [{"rating": 0}, {"rating": 6}, {"created": "1900-01-01T00:00:00Z"}, {"text": "x" * 9999}],
)
def test_a_review_that_cannot_be_is_set_aside_alone(
    seat: Workstation, more: dict[str, Any]
) -> None:
    stock(seat)
    seat.gateway.put(samples.review("rev-2", **more), samples.review("rev-3"))
    assert seat.cycle().state.quarantined == 1
    known = {line.review.id for line in reviews.inbox(sits(seat, PROVIDER))}
    assert known == {"rev-1", "rev-3"}
