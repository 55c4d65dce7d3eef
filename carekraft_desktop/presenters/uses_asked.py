"""What the register of patients' requests asks of the services below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from carekraft_desktop.domain.asking import Asked, Delay, Denial, Identity, Result
    from carekraft_desktop.domain.authorizing import Authorization
    from carekraft_desktop.domain.copying import Directed, Fee, FeeTold
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.handing import Handed
    from carekraft_desktop.services.requests import Line
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.store.rights import Amendment


class AskedUses(Protocol):
    """`services/requests.py`, `services/amending.py` and `services/handing.py`."""

    def every(self, desk: Desk) -> tuple[Line, ...]:
        """The register."""
        ...

    def identify(self, desk: Desk, request_id: str, how: Identity) -> None:
        """Who asks was made sure of."""
        ...

    def extend(self, desk: Desk, request_id: str, why: Delay) -> None:
        """The one extension."""
        ...

    def close(self, desk: Desk, request_id: str, result: Result) -> None:
        """It is answered."""
        ...

    def amendment(self, desk: Desk, request_id: str) -> Amendment | None:
        """What belongs to a request for amendment."""
        ...

    def amend(self, desk: Desk, request_id: str) -> None:
        """The office agrees."""
        ...

    def correct(self, desk: Desk, request_id: str) -> None:
        """The patient corrects it in CareKraft."""
        ...

    def deny(self, desk: Desk, request_id: str, why: Denial) -> None:
        """It is denied."""
        ...

    def disagree(self, desk: Desk, request_id: str, statement: str) -> None:
        """The patient's statement."""
        ...

    def prepare(self, desk: Desk, request_id: str, again: StepUp | None, *, full: bool) -> Handed:
        """Gather what is handed over."""
        ...

    def on_paper(self, desk: Desk, handed: Handed) -> None:
        """It is printed."""
        ...

    def to_file(
        self,
        desk: Desk,
        handed: Handed,
        pdf: Callable[[], bytes],
        place: Path,
        again: StepUp | None,
    ) -> str:
        """Write the container; its passphrase."""
        ...

    def fee(self, desk: Desk, request_id: str, fee: Fee) -> None:
        """What the copy costs."""
        ...

    def fee_told(self, desk: Desk, request_id: str, how: FeeTold) -> None:
        """The patient knows it and wants the copy."""
        ...

    def authorized(self, desk: Desk, patient_id: str) -> tuple[Authorization, ...]:
        """What the patient signed that would cover a copy to somebody else."""
        ...

    def direct(self, desk: Desk, request_id: str, to: Directed) -> None:
        """It goes to somebody else."""
        ...

    def to_the_patient(self, desk: Desk, request_id: str) -> None:
        """It goes to whoever asks after all."""
        ...

    def by_number(self, desk: Desk, number: str, kind: Asked) -> str:
        """Take the request of somebody who was erased; its id."""
        ...
