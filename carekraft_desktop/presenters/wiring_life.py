"""Ties the pages of what is kept and what patients ask to their services; imported when visited."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from carekraft_desktop.domain.asking import Asked, Delay, Denial, Identity, Request, Result
    from carekraft_desktop.domain.authorizing import Authorization
    from carekraft_desktop.domain.copying import Directed, Fee, FeeTold
    from carekraft_desktop.domain.representing import Representative
    from carekraft_desktop.domain.retention import Table
    from carekraft_desktop.domain.wishes import Wish, WishKind
    from carekraft_desktop.presenters.kept import HoldWish
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.disposal import Due
    from carekraft_desktop.services.handing import Handed
    from carekraft_desktop.services.requests import Line
    from carekraft_desktop.services.retention import Overview, Standing
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.store.disclosures import Loose
    from carekraft_desktop.store.disposals import Run
    from carekraft_desktop.store.held import Record
    from carekraft_desktop.store.holds import Hold
    from carekraft_desktop.store.kept import Piece
    from carekraft_desktop.store.rights import Amendment


class KeptAtHand:
    """How long things are kept, with holds and disposals."""

    def __init__(self) -> None:
        """Import them."""
        from carekraft_desktop.services import (
            disposal,
            holding_back,
            holds,
            office,
            retention,
        )

        self._holding = holding_back
        self._disposal, self._holds = disposal, holds
        self._office, self._retention = office, retention

    def overview(self, desk: Desk) -> Overview:
        """How things stand."""
        return self._retention.overview(desk)

    def due(self, desk: Desk) -> tuple[Due, ...]:
        """What the next disposal looks at."""
        return self._disposal.due(desk)

    def confirm(self, desk: Desk, table: Table, again: StepUp | None) -> bool:
        """Put numbers into force."""
        return self._retention.confirm(desk, table, again)

    def run(self, desk: Desk, again: StepUp | None) -> Run:
        """Dispose now."""
        return self._disposal.now(desk, again)

    def holds(self, desk: Desk) -> tuple[Hold, ...]:
        """All holds."""
        return self._holds.every(desk)

    def hold(self, desk: Desk, wanted: HoldWish, again: StepUp | None) -> None:
        """Set one."""
        from carekraft_desktop.store.holds import Scope

        wish = self._holds.Wish(
            Scope(wanted.scope), wanted.matter, wanted.about, wanted.first_day, wanted.last_day
        )
        self._holds.put(desk, wish, again)

    def release(self, desk: Desk, hold_id: str, again: StepUp | None) -> None:
        """Release one."""
        self._holds.release(desk, hold_id, again)

    def open(self, desk: Desk, patient_id: str) -> tuple[Piece, ...]:
        """What is kept of somebody who withdrew."""
        return self._retention.open_restricted(desk, patient_id)

    def held(self, desk: Desk) -> tuple[Record, ...]:
        """Records for which nobody answers."""
        return self._holding.listed(desk)

    def providers(self, desk: Desk) -> tuple[tuple[str, str], ...]:
        """Id and name of each provider."""
        return tuple((each.id, each.name) for each in self._office.providers(desk))


class AskedAtHand:
    """The register of patients' requests."""

    def __init__(self) -> None:
        """Import them."""
        from carekraft_desktop.services import (
            after_erasure,
            amending,
            directing,
            fees,
            handing,
            requests,
        )

        self._requests, self._amending, self._handing = requests, amending, handing
        self._fees, self._directing, self._after = fees, directing, after_erasure

    def every(self, desk: Desk) -> tuple[Line, ...]:
        """The register."""
        return self._requests.every(desk)

    def identify(self, desk: Desk, request_id: str, how: Identity) -> None:
        """Who asks was made sure of."""
        self._requests.check_identity(desk, request_id, how)

    def extend(self, desk: Desk, request_id: str, why: Delay) -> None:
        """The one extension."""
        self._requests.extend(desk, request_id, why)

    def close(self, desk: Desk, request_id: str, result: Result) -> None:
        """It is answered."""
        self._requests.close(desk, request_id, result)

    def amendment(self, desk: Desk, request_id: str) -> Amendment | None:
        """What belongs to a request for amendment."""
        return self._amending.of(desk, request_id)

    def amend(self, desk: Desk, request_id: str) -> None:
        """The office agrees."""
        self._amending.amend(desk, request_id)

    def correct(self, desk: Desk, request_id: str) -> None:
        """The patient corrects it in CareKraft."""
        self._amending.correct_at_source(desk, request_id)

    def deny(self, desk: Desk, request_id: str, why: Denial) -> None:
        """It is denied."""
        self._amending.deny(desk, request_id, why)

    def disagree(self, desk: Desk, request_id: str, statement: str) -> None:
        """The patient's statement."""
        self._amending.disagree(desk, request_id, statement)

    def prepare(self, desk: Desk, request_id: str, again: StepUp | None, *, full: bool) -> Handed:
        """Gather what is handed over."""
        return self._handing.prepare(desk, request_id, again, full=full)

    def on_paper(self, desk: Desk, handed: Handed) -> None:
        """It is printed."""
        self._handing.on_paper(desk, handed)

    def to_file(
        self,
        desk: Desk,
        handed: Handed,
        pdf: Callable[[], bytes],
        place: Path,
        again: StepUp | None,
    ) -> str:
        """Write the container; its passphrase."""
        return self._handing.in_container(desk, handed, pdf, place, again)

    def fee(self, desk: Desk, request_id: str, fee: Fee) -> None:
        """What the copy costs."""
        self._fees.put(desk, request_id, fee)

    def fee_told(self, desk: Desk, request_id: str, how: FeeTold) -> None:
        """The patient knows it and wants the copy."""
        self._fees.told(desk, request_id, how)

    def authorized(self, desk: Desk, patient_id: str) -> tuple[Authorization, ...]:
        """What the patient signed that would cover a copy to somebody else."""
        return self._directing.authorized(desk, patient_id)

    def direct(self, desk: Desk, request_id: str, to: Directed) -> None:
        """It goes to somebody else."""
        self._directing.direct(desk, request_id, to)

    def to_the_patient(self, desk: Desk, request_id: str) -> None:
        """It goes to whoever asks after all."""
        self._directing.to_the_patient(desk, request_id)

    def by_number(self, desk: Desk, number: str, kind: Asked) -> str:
        """Take the request of somebody who was erased; its id."""
        return self._after.take(desk, number, kind).id


class PrivacyAtHand:
    """Privacy on a patient's card."""

    def __init__(self) -> None:
        """Import them."""
        from carekraft_desktop.services import amending, holds, requests, retention, wishes

        self._wishes, self._requests, self._amending = wishes, requests, amending
        self._holds, self._retention = holds, retention

    def wishes(self, desk: Desk, patient_id: str) -> tuple[Wish, ...]:
        """What is agreed."""
        return self._wishes.of(desk, patient_id)

    def agree(self, desk: Desk, patient_id: str, kind: WishKind, value: str) -> None:
        """Agree to it."""
        self._wishes.agree(desk, patient_id, self._wishes.Agreed(kind, value))

    def end(self, desk: Desk, wish_id: str) -> None:
        """End it."""
        self._wishes.end(desk, wish_id)

    def open_requests(self, desk: Desk, patient_id: str) -> tuple[Request, ...]:
        """What is not answered."""
        return self._requests.open_of(desk, patient_id)

    def attached(self, desk: Desk, patient_id: str) -> tuple[Amendment, ...]:
        """Amendments and statements that stay with the record."""
        return self._amending.attached(desk, patient_id)

    def take(self, desk: Desk, patient_id: str, kind: Asked, asked: str) -> date:
        """Put a request on the register; its day."""
        if kind.value == "amendment":
            wanted = self._amending.Wanted("patient", patient_id, asked)
            return self._amending.take(desk, patient_id, wanted).day
        return self._requests.take(desk, patient_id, kind).day

    def standing(self, desk: Desk, patient_id: str) -> tuple[Standing, ...]:
        """How long each record is kept."""
        return self._retention.standing(desk, patient_id)

    def hold(self, desk: Desk, patient_id: str, matter: str, again: StepUp | None) -> None:
        """Set a hold."""
        from carekraft_desktop.store.holds import Scope

        self._holds.put(desk, self._holds.Wish(Scope.PATIENT, matter, patient_id), again)


def official(desk: Desk) -> str:
    """Who answers for privacy, as the papers say."""
    from carekraft_desktop.services import papers
    from carekraft_desktop.store.register import Paper

    return papers.official(desk, Paper.PRIVACY_OFFICIAL)


def held(desk: Desk) -> int:
    """How many records nobody answers for, for whoever decides what is kept."""
    from carekraft_desktop.domain.staff import Right
    from carekraft_desktop.services import holding_back

    return len(holding_back.listed(desk)) if desk.staff.may(Right.KEEP_RECORDS) else 0


def pressing(desk: Desk) -> tuple[int, int]:
    """How many requests are overdue, and how many due soon, for whoever answers them."""
    from carekraft_desktop.services import requests

    return requests.pressing(desk)


class OnFileAtHand:
    """Representatives, authorizations and disclosures of one patient."""

    def __init__(self) -> None:
        """Import them."""
        from carekraft_desktop.services import accounting, authorizations, representatives

        self._accounting, self._authorizations = accounting, authorizations
        self._representatives = representatives

    def representatives(self, desk: Desk, patient_id: str) -> tuple[Representative, ...]:
        """Who acts for the patient."""
        return self._representatives.of(desk, patient_id)

    def authorizations(self, desk: Desk, patient_id: str) -> tuple[Authorization, ...]:
        """What the patient signed."""
        return self._authorizations.of(desk, patient_id)

    def loose(self, desk: Desk) -> tuple[Loose, ...]:
        """Disclosures of incidents that are linked to nobody."""
        return self._accounting.unlinked(desk)

    def add(self, desk: Desk, patient_id: str, kind: str, typed: Mapping[str, str]) -> None:
        """Put something on file; the use case says what is missing."""
        from carekraft_desktop.domain.representing import Authority, Scope

        members = dict(typed)
        match kind:
            case "representative":
                shown = self._representatives.Shown(
                    members.pop("name"),
                    Authority(members.pop("authority")),
                    Scope(members.pop("scope")),
                    **members,
                )
                self._representatives.record(desk, patient_id, shown)
            case "authorization":
                says = bool(members.pop("statements"))
                paper = self._authorizations.Signed(
                    **members, says_revocation=says, says_redisclosure=says
                )
                self._authorizations.record(desk, patient_id, paper)
            case "disclosure":
                basis = self._accounting.Basis(members.pop("basis"))
                told = self._accounting.Told(basis=basis, **members)
                self._accounting.record(desk, patient_id, told)
            case "link":
                self._accounting.link(desk, members["disclosure_id"], patient_id)
            case _:
                self._accounting.suspend(
                    desk,
                    patient_id,
                    members["recipient"],
                    members["last_day"],
                    written=bool(members["written"]),
                )

    def warn(self, desk: Desk, representative_id: str, *, endangers: bool) -> None:
        """They may endanger the patient, or not any more."""
        self._representatives.warn(desk, representative_id, endangers=endangers)

    def end(self, desk: Desk, representative_id: str) -> None:
        """Their authority has ended."""
        self._representatives.end(desk, representative_id)

    def revoke(self, desk: Desk, authorization_id: str) -> None:
        """The patient took it back."""
        self._authorizations.revoke(desk, authorization_id)
