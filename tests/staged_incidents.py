"""The page of incidents, for pictures and for tests of the window."""

from carekraft_desktop.domain.incidents import Kind
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters.again import no_question
from carekraft_desktop.presenters.incident_patients import AffectedPresenter
from carekraft_desktop.presenters.incidents import IncidentsPresenter
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.terms import TermsPresenter
from tests.fakes.incidents import FakeAffected, FakeIncidents, closed, missent, public_reply, stolen
from tests.fakes.office import WHEN
from tests.fakes.officer import NAMES
from tests.fakes.printer import FakePrinter
from tests.fakes.terms import FakeTerms
from tests.fakes.timers import FakeTimers
from tests.staged_officer import Maker, officer
from ui.pages.incidents import IncidentsPage
from ui.pages.terms import TermsPage
from ui.theme import Theme

ANSWERS = {
    "password_with_it": "no",
    "shared_sign_in": "no",
    "code_with_it": "not-known",
    "last_seen": "closed",
}
"""What somebody knows of a computer that is lost, and safe."""


def staged_incidents(
    theme: Theme,
    incidents: FakeIncidents | None = None,
    role: Role = Role.PRIVACY_OFFICER,
    printer: FakePrinter | None = None,
) -> tuple[IncidentsPage, IncidentsPresenter]:
    """A page with its presenter, filled."""
    page = IncidentsPage(theme)
    uses = incidents or FakeIncidents([missent(), public_reply(), stolen(), closed()])
    presenter = IncidentsPresenter(
        officer(role),
        page.show_state,
        incidents=uses,
        names=NAMES,
        when=WHEN,
        again=no_question,
        runner=InlineRunner(),
        printer=printer or FakePrinter(),
    )
    page.bind(presenter)
    affected = AffectedPresenter(
        page.patients.show_state,
        affected=FakeAffected(uses),
        timers=FakeTimers(),
        changed=presenter.refresh,
    )
    presenter.follow_with(affected)
    page.patients.bind(affected)
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
    presenter.report_lost("device-7", ANSWERS)
    page.look_at(page.lost)
    return page, presenter


def _known(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-1")
    page.look_at(page.known)
    return page, presenter


def _patients(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-2")
    page.patients.journal.click()
    page.patients.typed.put("demir")
    page.patients.typed.entered.emit()
    page.patients.found.acted.emit("p-32")
    page.look_at(page.patients)
    return page, presenter


def _lost_asks(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-3")
    page.lost.report.click()
    page.look_at(page.lost)
    return page, presenter


def _lost_presumed(theme: Theme) -> tuple[IncidentsPage, IncidentsPresenter]:
    page, presenter = staged_incidents(theme)
    presenter.choose("inc-3")
    presenter.report_lost("device-7", {**ANSWERS, "password_with_it": "not-known"})
    page.look_at(page.lost)
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
    "incidents-lost-asks": (Page.INCIDENTS, _lost_asks),
    "incidents-lost-presumed": (Page.INCIDENTS, _lost_presumed),
    "incidents-patients": (Page.INCIDENTS, _patients),
    "incidents-known": (Page.INCIDENTS, _known),
    "incidents-assessed": (Page.INCIDENTS, _assessed),
    "incidents-public": (Page.INCIDENTS, _public),
    "incidents-duties": (Page.INCIDENTS, _duties),
    "incidents-end": (Page.INCIDENTS, _end),
    "incidents-drill": (Page.INCIDENTS, _drill),
    "incidents-front-desk": (Page.INCIDENTS, _front_desk),
}
