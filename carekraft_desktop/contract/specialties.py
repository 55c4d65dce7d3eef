"""CareKraft's own list of specialty groups: coarse on purpose, so that a group tells little.

What would reveal a condition is folded into its parent: addiction care into behavioral health,
fertility into obstetrics and gynecology, cancer and infections into internal medicine.
"""

from enum import StrEnum


class Specialty(StrEnum):
    """A group by which a provider can be found and a booking routed."""

    FAMILY = "CKS-01"
    PEDIATRICS = "CKS-02"
    INTERNAL = "CKS-03"
    GERIATRICS = "CKS-04"
    CARDIOLOGY = "CKS-05"
    PULMONARY = "CKS-06"
    DERMATOLOGY = "CKS-07"
    GASTROENTEROLOGY = "CKS-08"
    ORTHOPEDICS = "CKS-09"
    RHEUMATOLOGY = "CKS-10"
    ENDOCRINOLOGY = "CKS-11"
    NEPHROLOGY = "CKS-12"
    NEUROLOGY = "CKS-13"
    ALLERGY = "CKS-14"
    EAR_NOSE_THROAT = "CKS-15"
    OPHTHALMOLOGY = "CKS-16"
    OPTOMETRY = "CKS-17"
    UROLOGY = "CKS-18"
    GENERAL_SURGERY = "CKS-19"
    VASCULAR_SURGERY = "CKS-20"
    PLASTIC_SURGERY = "CKS-21"
    NEUROSURGERY = "CKS-22"
    HAND_SURGERY = "CKS-23"
    PODIATRY = "CKS-24"
    REHABILITATION = "CKS-25"
    PHYSICAL_THERAPY = "CKS-26"
    OCCUPATIONAL_THERAPY = "CKS-27"
    SPEECH_AND_HEARING = "CKS-28"
    SPORTS = "CKS-29"
    CHIROPRACTIC = "CKS-30"
    DENTISTRY = "CKS-31"
    ORAL_SURGERY = "CKS-32"
    ORTHODONTICS = "CKS-33"
    NUTRITION = "CKS-34"
    SLEEP = "CKS-35"
    OCCUPATIONAL_HEALTH = "CKS-36"
    TRAVEL = "CKS-37"
    IMAGING = "CKS-38"
    BEHAVIORAL = "CKS-39"
    OBSTETRICS_GYNECOLOGY = "CKS-40"
    GENETICS = "CKS-41"
    PAIN = "CKS-42"


SENSITIVE = frozenset(
    {
        Specialty.BEHAVIORAL,
        Specialty.OBSTETRICS_GYNECOLOGY,
        Specialty.GENETICS,
        Specialty.PAIN,
    }
)
"""Groups whose booking alone tells much; a permission has to name them."""
