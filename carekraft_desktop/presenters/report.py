"""A report of a bug that a person can read before it is saved: where it broke, no values."""

import platform

from carekraft_desktop import __version__
from carekraft_desktop.security.redaction import describe


def report(bug: BaseException) -> str:
    """Kind and place of the failure, the versions, and nothing of a patient."""
    lines = (
        "CareKraft Desktop: report of an unexpected failure",
        f"Version {__version__}, Python {platform.python_version()}, {platform.platform()}",
        "",
        describe(bug),
        "",
        "No names, texts or other values are part of this report.",
    )
    return "\n".join(lines)
