"""The page of incidents, for pictures and for tests of the window."""

from carekraft_desktop.domain.incidents import Kind
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters.again import no_question
from carekraft_desktop.presenters.incidents import IncidentsPresenter
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.terms import TermsPresenter
from tests.fakes.incidents import FakeIncidents, closed, missent, public_reply, stolen
from tests.fakes.office import WHEN
from tests.fakes.officer import NAMES
from tests.fakes.printer import FakePrinter
from tests.fakes.terms import FakeTerms
from tests.staged_officer import Maker, officer
from ui.pages.incidents import IncidentsPage
from ui.pages.terms import TermsPage
from ui.theme import Theme


def staged_incidents(
    theme: Theme,
    incidents: FakeIncidents | None = None,
    role: Role = Role.PRIVACY_OFFICER,
    printer: FakePrinter | None = None,
) -> tuple[IncidentsPage, IncidentsPresenter]:
    """A page with its presenter, filled."""
    page = IncidentsPage(theme)
    presenter = IncidentsPresenter(
        officer(role),
        page.show_state,
        incidents=incidents or FakeIncidents([missent(), public_reply(), stolen(), closed()]),
        names=NAMES,
        when=WHEN,
        again=no_question,
        runner=InlineRunner(),
        printer=printer or FakePrinter(),
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def _first(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    return staged_incidents(theme, FakeIncidents())


def _register(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    return staged_incidents(theme)


def _worst(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-3")
    page.look_at(page.steps)
    return page, presenter


def _lost(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-3")
    presenter.report_lost("device-7")
    page.look_at(page.lost)
    return page, presenter


def _known(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-1")
    page.look_at(page.known)
    return page, presenter


def _assessed(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-1")
    page.look_at(page.breach)
    return page, presenter


def _public(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-2")
    page.look_at(page.breach)
    return page, presenter


def _duties(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-1")
    page.look_at(page.duties)
    return page, presenter


def _end(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-1")
    page.look_at(page.end)
    return page, presenter


def _drill(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.practise(Kind.LOST_MACHINE)
    presenter.forward()
    return page, presenter


def _front_desk(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme, FakeIncidents(), Role.FRONT_DESK)
    presenter.open_one(Kind.MALWARE)
    return page, presenter


def staged_terms(
    theme: Theme, terms: FakeTerms | None = None, role: Role = Role.PRIVACY_OFFICER
) -> tuple[TermsPage, TermsPresenter]:
    """The page of terms with its presenter, filled."""
    page = TermsPage(theme)
    presenter = TermsPresenter(
        officer(role),
        page.show_state,
        terms=terms or FakeTerms(),
        names=NAMES,
        when=WHEN,
        runner=InlineRunner(),
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def _terms(theme: Theme) -> tuple[TermsPage, TermsPresenter]:
    return staged_terms(theme)


def _terms_read(theme: Theme) -> tuple[TermsPage, TermsPresenter]:
    page, presenter = staged_terms(theme)
    presenter.confirm()
    presenter.prepare()
    return page, presenter


SCENES: dict[str, tuple[Page, Maker]] = {
    "terms": (Page.TERMS, _terms),
    "terms-read": (Page.TERMS, _terms_read),
    "incidents": (Page.INCIDENTS, _register),
    "incidents-first": (Page.INCIDENTS, _first),
    "incidents-worst-day": (Page.INCIDENTS, _worst),
    "incidents-lost": (Page.INCIDENTS, _lost),
    "incidents-known": (Page.INCIDENTS, _known),
    "incidents-assessed": (Page.INCIDENTS, _assessed),
    "incidents-public": (Page.INCIDENTS, _public),
    "incidents-duties": (Page.INCIDENTS, _duties),
    "incidents-end": (Page.INCIDENTS, _end),
    "incidents-drill": (Page.INCIDENTS, _drill),
    "incidents-front-desk": (Page.INCIDENTS, _front_desk),
}
