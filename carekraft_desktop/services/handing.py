"""What a patient is handed: everything that is held, or the accounting, and a copy of it is kept.

Nothing is written to a disk in plain text: it goes on paper, or into a container under a
passphrase of its own (REQ-39, REQ-41, REQ-90).
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import asdict

from carekraft_desktop.config import translated
from carekraft_desktop.domain.asking import Asked, Request, Result
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere, RequestUnclear
from carekraft_desktop.security import container
from carekraft_desktop.security.container import Part
from carekraft_desktop.services import accounting, directing, fees, requests, step_up
from carekraft_desktop.services.accounting import Report
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import disclosures, records, retention, rights
from carekraft_desktop.store.disclosures import Copy
from carekraft_desktop.store.records import Record
from carekraft_desktop.value import Value

FORMAT = "ck-record-1"
Everything = dict[str, tuple[Record, ...]]


class Handed(Value, frozen=True):
    """What is about to be handed over, before it takes a form."""

    request: Request
    everything: Everything
    """All rows about the patient by table; empty for an accounting."""
    report: Report | None
    text: str
    """The same as JSON."""


def prepare(desk: Desk, request_id: str, again: StepUp | None, *, full: bool = False) -> Handed:
    """Gather what a request asks for.

    Args:
        desk: who hands it over.
        request_id: an access or accounting request.
        again: that the password was typed just now (REQ-19).
        full: an accounting with referral bookings.

    Raises:
        RequestUnclear: nobody has recorded how it was made sure who asks or that the patient knows
            the fee, or the representative may not have it.
        NotAuthorized: it goes to somebody else, and nothing covers that any more.
        NoLongerThere: the request is answered, or is of another kind.
    """
    desk.require(Right.ANSWER_REQUESTS, "request.prepare", request_id)
    step_up.require(desk, again, "request.prepare", request_id)
    with desk.store.write() as unit:
        request = rights.request(unit, request_id)
        if request is None or request.kind not in {Asked.ACCESS, Asked.ACCOUNTING}:
            raise NoLongerThere
        if request.identity is None:
            raise RequestUnclear("identity")
        fees.require_told(request)
        today = retention.day_of(desk.now(), retention.zone(unit))
        directing.require(unit, request, today)
        if request.by_representative:
            requests.require_representative(
                unit, request.by_representative, request.patient_id, today
            )
        found = records.everything(unit, request.patient_id) if _is_access(request) else {}
        desk.note(unit, "request.prepare", request.patient_id, detail=request.kind.value)
    if _is_access(request):
        return Handed(request, found, None, written(request.patient_id, found, desk.now()))
    report = accounting.report(desk, request.patient_id, full=full)
    return Handed(request, {}, report, _report_text(report))


def written(patient_id: str, found: Everything, now: int) -> str:
    """Everything held on one patient, as JSON."""
    return json.dumps(
        {"format": FORMAT, "patient": patient_id, "made_at": now, "records": found},
        ensure_ascii=False,
        indent=1,
    )


def on_paper(desk: Desk, handed: Handed) -> Request:
    """It was printed: the request is answered."""
    return _given(desk, handed, "paper")


def in_container(
    desk: Desk, handed: Handed, pdf: Callable[[], bytes], place: Path, again: StepUp | None
) -> str:
    """Write it as one encrypted file; the passphrase, to be told another way.

    Args:
        desk: who hands it over.
        handed: what `prepare` gathered.
        pdf: makes the readable form, in memory.
        place: a file that is made anew.
        again: that the password was typed just now (REQ-19).

    Raises:
        PasswordAgain: there is no fresh proof.
        StoreReadOnly, DiskFull: the file cannot be written.
    """
    desk.require(Right.ANSWER_REQUESTS, "request.export", handed.request.id)
    step_up.require(desk, again, "request.export", handed.request.id)
    parts = [Part("record.pdf", pdf()), Part("record.json", handed.text.encode())]
    sealed = container.seal(parts)
    try:
        place.write_bytes(sealed.content)
    except OSError as failure:
        raise translated(failure) from failure
    _given(desk, handed, "container")
    return sealed.passphrase


def given(desk: Desk, request_id: str) -> tuple[Copy, ...]:
    """The very copies that were given."""
    desk.require(Right.ANSWER_REQUESTS, "request.copies", request_id)
    with desk.store.read() as unit:
        return disclosures.copies(unit, request_id)


def _given(desk: Desk, handed: Handed, form: str) -> Request:
    request = handed.request
    copy = Copy(
        desk.ids.new(),
        request.id,
        request.patient_id,
        desk.now(),
        desk.staff.id,
        form,
        hashlib.sha256(handed.text.encode()).hexdigest(),
        # An accounting is kept word for word (164.528(d)(2)); a second copy of a whole record
        # would outlive it, so of that only the hash stays.
        handed.text if request.kind is Asked.ACCOUNTING else "",
    )
    with desk.store.write() as unit:
        disclosures.keep_copy(unit, copy)
        directing.went(desk, unit, request)
        desk.note(unit, "request.give", request.patient_id, detail=f"{request.kind} {form}")
    return requests.close(desk, request.id, Result.HANDED_OVER) if request.open else request


def _is_access(request: Request) -> bool:
    return request.kind is Asked.ACCESS


def _report_text(report: Report) -> str:
    return json.dumps(
        {
            "format": "ck-accounting-1",
            "patient": report.patient_id,
            "since": report.since.isoformat(),
            "until": report.until.isoformat(),
            "full": report.full,
            "entries": [{**asdict(each), "basis": each.basis.value} for each in report.entries],
        },
        ensure_ascii=False,
        indent=1,
    )
