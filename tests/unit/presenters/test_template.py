"""The template for the practice system, in the settings."""

from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.template import TemplatePresenter, TemplateState
from tests.fakes.office import ROSA, desk, lakeside


class Card:
    """The presenter and what it showed."""

    def __init__(self, staff: Staff = ROSA) -> None:
        self.shown: list[TemplateState] = []
        self.toasts: list[Toast] = []
        self.presenter = TemplatePresenter(
            desk(staff=staff), self.shown.append, handover=lakeside(), told=self.toasts.append
        )
        self.presenter.refresh()

    @property
    def state(self) -> TemplateState:
        return self.shown[-1]


def test_a_system_is_chosen_by_its_place() -> None:
    card = Card()
    assert card.state.titles == ("Any system", "Open Dental", "OpenEMR", "CSV row")
    card.presenter.choose(2)
    assert (card.state.at, card.state.changed) == (2, False)
    assert card.state.text.startswith("Name: {sort_name}")
    card.presenter.choose(9)
    assert card.state.at == 2


def test_words_are_kept_and_restored() -> None:
    card = Card()
    card.presenter.keep("{name}")
    assert (card.state.text, card.state.changed) == ("{name}", True)
    card.presenter.restore()
    assert not card.state.changed
    assert [toast.words for toast in card.toasts] == [
        "Template kept",
        "Back to the shipped template",
    ]


def test_a_field_that_there_is_not_is_refused_in_words() -> None:
    card = Card()
    card.presenter.keep("{nobody}")
    assert card.state.problem is not None
    assert card.state.problem.code == "template-unclear"


def test_a_role_that_only_reads_cannot_change_it() -> None:
    card = Card(Staff("4", "po", "Pat", frozenset({Role.PRIVACY_OFFICER})))
    assert not card.state.may
