"""The checker as the program uses it: a damaged file stops everything, and nothing else does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carekraft_desktop import resources
from carekraft_desktop.errors import CheckerBroken, NotSafe
from carekraft_desktop.guardrail.checker import PublicContext
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.services import audit, judging, posting, replies
from tests.desks import Workstation
from tests.repliers import PROVIDER, SAFE, sits, stock

CONTEXT = PublicContext(phones=("312-555-0100",), staff=("Jo Park",))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    judging.checker.cache_clear()
    yield
    judging.checker.cache_clear()


Damage = Callable[[bytes], bytes]
DAMAGES: dict[str, Damage] = {
    "truncated": lambda content: content[: len(content) // 2],
    "one byte": lambda content: content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
    "empty": lambda _content: b"",
    "another file": lambda _content: b"\x89PNG" * 100,
}


@pytest.fixture(params=DAMAGES)
def damaged(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shipped weights are not as shipped."""
    real = resources.path("guardrail/weights.bin")
    spoiled = tmp_path / "weights.bin"
    spoiled.write_bytes(DAMAGES[request.param](real.read_bytes()))
    found = resources.path
    monkeypatch.setattr(
        resources, "path", lambda name: spoiled if name.endswith("weights.bin") else found(name)
    )


@pytest.mark.usefixtures("damaged")
def test_damaged_weights_stop_everything_in_a_clear_state(seat: Workstation) -> None:
    stock(seat)
    desk = sits(seat, PROVIDER)
    verdict = judging.judge(SAFE, CONTEXT)
    assert verdict.severity is Severity.BLOCK
    assert [each.category for each in verdict.findings] == ["CHECK"]
    assert judging.version() == ""
    assert judging.safer(SAFE, CONTEXT) == ""
    assert judging.templates(CONTEXT) == ()
    assert replies.broken()
    paper = replies.begin(desk, "rev-1")
    assert paper.templates == ()
    with pytest.raises(NotSafe):
        posting.publish(desk, "rev-1", SAFE, acknowledged=1)
    with pytest.raises(CheckerBroken):
        audit.check_some([audit.Item(1, "a", reply=SAFE)])


def test_a_missing_file_is_as_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "path", lambda _name: Path("nowhere"))
    assert judging.judge(SAFE, CONTEXT).severity is Severity.BLOCK


def test_every_template_and_every_safe_wording_passes() -> None:
    offered = judging.templates(CONTEXT)
    assert len(offered) >= 5
    assert all(judging.judge(each, CONTEXT).severity <= Severity.REMIND for each in offered)
    offer = judging.safer("You missed two appointments. Thank you for the feedback.", CONTEXT)
    assert judging.judge(offer, CONTEXT).severity <= Severity.REMIND
    assert judging.safer(offer, CONTEXT) == offer
