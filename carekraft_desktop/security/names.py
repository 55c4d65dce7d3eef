"""Which sign-in names may be given: one for each person, never one for a desk (REQ-01)."""

import re
import unicodedata
from collections.abc import Iterable

from carekraft_desktop.errors import NameNotAllowed

SHORTEST, LONGEST = 2, 64  # code points
_WORDS = """
    account accounts admin administrator all anyone assistant backdesk backoffice billing
    carekraft checkin clinic clinician computer default demo desk dentist doctor doctors
    everybody everyone front frontdesk frontoffice guest helpdesk it itadmin login manager md
    medical nobody none nurse nurses office officemanager operator owner pc personnel physician
    practice practicemanager provider public reception receptiondesk receptionist root secretary
    service shared staff superuser supervisor support sysadmin system team temp temporary test
    tester testuser trainee user users visitor welcome work workstation
"""
SHARED = frozenset(_WORDS.split())
"""Names of a desk, a machine or a role; with digits or separators added they stay shared."""


def normalised(name: str) -> str:
    """The form in which two names are compared: NFKC, no case, no spaces around."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).strip().casefold())


def _core(name: str) -> str:
    """`front.desk-2` without what is put around a shared name to make it look new."""
    return re.sub(r"[\W\d_]+", "", name)


def check_name(name: str, *, taken: Iterable[str] = ()) -> str:
    """The name to store, once it is allowed.

    Args:
        name: as typed.
        taken: every name ever given in this office, those of people who left included.

    Raises:
        NameNotAllowed: malformed, shared or taken.
    """
    wanted = normalised(name)
    if not SHORTEST <= len(wanted) <= LONGEST:
        raise NameNotAllowed("length")
    if not (wanted[0].isalpha() and all(letter.isalnum() or letter in "._-" for letter in wanted)):
        raise NameNotAllowed("malformed")
    if _core(wanted) in SHARED:
        raise NameNotAllowed("shared")
    if wanted in {normalised(each) for each in taken}:
        raise NameNotAllowed("taken")
    return wanted
