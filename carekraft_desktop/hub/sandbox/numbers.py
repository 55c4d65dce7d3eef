"""Invented national provider numbers, with the check digit that real ones have."""

from carekraft_desktop.contract.referrals import is_npi

OFFICE = 90_000_081
"""Stem of the sandbox's own office."""


def npi(stem: int) -> str:
    """The number of ten digits for a stem of up to eight."""
    start = f"1{stem:08d}"
    return next(f"{start}{digit}" for digit in range(10) if is_npi(f"{start}{digit}"))


OFFICE_NPI = npi(OFFICE)
