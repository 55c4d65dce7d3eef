"""The page of terms, agreements and support, with everything in memory."""

from pathlib import Path

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters import wording_terms as words
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.terms import Part, TermsPresenter, TermsState
from carekraft_desktop.value import replace
from tests.fakes.office import WHEN, desk
from tests.fakes.officer import NAMES
from tests.fakes.terms import FakeTerms


def page(
    role: Role = Role.PRIVACY_OFFICER, terms: FakeTerms | None = None
) -> tuple[TermsPresenter, FakeTerms, list[TermsState], list[str]]:
    shown: list[TermsState] = []
    went: list[str] = []
    fake = terms or FakeTerms()
    here = desk("12:00")
    presenter = TermsPresenter(
        replace(here, staff=replace(here.staff, roles=frozenset({role}))),
        shown.append,
        terms=fake,
        names=NAMES,
        when=WHEN,
        runner=InlineRunner(),
        confirmed=lambda: went.append("on"),
    )
    presenter.refresh()
    return presenter, fake, shown, went


def test_the_version_in_force_and_the_one_that_comes_are_told_apart() -> None:
    _, _, shown, _ = page()
    assert [each.mark.word for each in shown[-1].versions] == ["From Fri, Jan 1", words.IN_FORCE]
    assert shown[-1].waits
    assert shown[-1].can_confirm
    assert shown[-1].who == words.NOBODY


def test_a_confirmation_lets_receiving_go_on_and_is_told_with_the_name() -> None:
    presenter, fake, shown, went = page()
    presenter.confirm()
    presenter.confirm()  # once is enough
    assert (fake.confirmed, went) == (["staff-1"], ["on"])
    assert shown[-1].who == words.WHO.format(names="Rosa Alvarez")
    assert not shown[-1].waits


def test_agreements_are_the_officers_and_what_is_unclear_is_said_beside_them() -> None:
    presenter, fake, shown, _ = page()
    presenter.record("", "", "")
    assert (shown[-1].beside, shown[-1].problem is not None) == (Part.AGREEMENTS, True)
    presenter.record("Cloud Host", "Hosting", "")
    assert [row.key for row in shown[-1].agreements][-1] == fake.partners[-1].name == "Cloud Host"
    _, _, others, _ = page(Role.FRONT_DESK)
    assert (others[-1].keeps, others[-1].agreements, others[-1].may_export) == (False, (), False)


def test_only_what_was_shown_is_saved_for_support() -> None:
    presenter, fake, shown, _ = page()
    presenter.save(Path("support.json"))
    assert fake.written == []
    presenter.prepare()
    presenter.save(Path("support.json"))
    assert fake.written == [(shown[-1].bundle, Path("support.json"))]
    presenter.export_training(Path("training.csv"))
    assert shown[-1].said == words.EXPORTED.format(count=3)


def test_without_a_version_it_says_that_the_contract_counts() -> None:
    _, _, shown, _ = page(terms=FakeTerms(versions=()))
    assert (shown[-1].none, shown[-1].can_confirm, shown[-1].who) == (words.NO_TERMS, False, "")
