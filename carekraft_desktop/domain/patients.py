"""What a patient shared with the office: four classes of data, each shared, withheld or withdrawn."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.codes import DataClass as DataClass
from carekraft_desktop.domain.codes import Sharing as Sharing
from carekraft_desktop.value import Value


class Shares(Value, frozen=True):
    """The decision for each class, when it was made and by whom."""

    contact: Sharing = Sharing.NOT_KNOWN
    demographic: Sharing = Sharing.NOT_KNOWN
    insurance: Sharing = Sharing.NOT_KNOWN
    medical: Sharing = Sharing.NOT_KNOWN
    decided_at: Moment | None = None
    by_guardian: bool = False

    def of(self, data: DataClass) -> Sharing:
        """The decision for one class."""
        decision: Sharing = getattr(self, data.value)
        return decision


class Guardian(Value, frozen=True):
    """Who acts for the patient."""

    name: str
    phone: str
    """Empty when not given."""


class Insurance(Value, frozen=True):
    """Insurance as the patient stated it; nobody has verified it."""

    carrier: str
    plan: str
    member_id: str


class Patient(Value, frozen=True):
    """A person and what they shared. Every text is empty when it was not shared or not given."""

    id: str
    version: int
    name: str
    """In the order and script in which the person writes it."""
    sort_name: str
    """Family name first, for lists; falls back to `name`."""
    phone: str = ""
    email: str = ""
    address: str = ""
    """Street, city and state in one line; the postal code is demographic data."""
    postal_code: str = ""
    gender: str = ""
    """male, female, other or unknown."""
    birth_date: str = ""
    """ISO date; may be a year or a month only."""
    guardian: Guardian | None = None
    prefers: str = ""
    """How the patient likes to be reached: phone, sms or email."""


class Consent(Value, frozen=True):
    """The patient's decisions as they arrive."""

    id: str
    version: int
    patient_id: str
    shares: Shares


class Coverage(Value, frozen=True):
    """The patient's insurance as it arrives."""

    id: str
    version: int
    patient_id: str
    insurance: Insurance
