"""What everybody confirms before they work with patients' data, and how long it counts (REQ-25)."""

from enum import StrEnum

YEAR = 365 * 86400
"""Seconds after which it is confirmed anew, as it is when there is a new version."""


class Subject(StrEnum):
    """What is confirmed."""

    TRAINING = "training"
    POLICY = "policy"
    TERMS = "terms"
    """CareKraft's terms and privacy policy, in the version that came last."""


FIRST = frozenset({Subject.TRAINING, Subject.POLICY})
"""What is confirmed before any patient is shown, by everybody (45 CFR 164.308(a)(5)(i))."""
