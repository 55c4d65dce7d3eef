"""What is said of records that are held because no guardian is named."""

from typing import Final

from carekraft_desktop.domain.ages import Held
from carekraft_desktop.presenters.words import Words

TITLE: Final = "Held: nobody answers for the patient"
ADVICE: Final = (
    "Nobody under 18 may have an account of their own, and none is kept of children without a"
    " guardian. So these records, with their bookings, are shown nowhere and nobody is told of"
    " them. CareKraft is told of them by a code alone."
)
TO_DO: Final = (
    "If a parent or guardian calls: ask them to name themselves in CareKraft, as guardian of the"
    " child. The record then comes by itself, with its bookings. Take no booking by telephone for"
    " somebody under 18 without one."
)
WHY: Final[dict[Held, str]] = {
    Held.MINOR: "Accounts of somebody between 13 and 17",
    Held.CHILD: "Children under 13",
}
COUNT: Final = "{count}, the first on {day}"


def banner(count: int) -> Words:
    """Above the pages, for whoever decides what is kept."""
    said = "A record is held" if count == 1 else f"{count} records are held"
    return Words(
        f"{said}: under 18, and no guardian is named",
        "What to do is under Settings, What is kept, and how long.",
    )
