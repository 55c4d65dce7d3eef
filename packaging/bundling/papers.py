"""Licences and the list of everything inside, beside the program.

Most libraries bring their licence. Qt and what is inside the encrypted store do not; their texts
lie in `packaging/licences`.
"""

import json
import re
import shutil
import sys
import sysconfig
from importlib.metadata import Distribution, distribution
from pathlib import Path

from bundling import PROGRAM, ROOT, TITLE
from bundling.told import version

PINNED = ROOT / "packaging" / "requirements" / "run.txt"
OWN_TEXTS = ROOT / "packaging" / "licences"

INSIDE = (
    ("SQLCipher", "4.19.0", "BSD-3-Clause", "sqlcipher3"),
    ("SQLite", "3.53.4", "blessing", "sqlcipher3"),
    ("OpenSSL", "3.6.0", "Apache-2.0", "sqlcipher3"),
    ("Qt", "6.11.3", "LGPL-3.0-only", "PySide6-Essentials"),
    ("Inter", "4", "OFL-1.1", "resources"),
    ("Lucide", "0", "ISC", "resources"),
)
"""What no tool sees because it is inside something else: name, version, licence, inside what."""
_A_LINE = 60
"""Letters of a licence's name at the most; some libraries put the whole text there."""
_ABSENT = frozenset({"psycopg", "psycopg-binary"})
"""Pinned, and left out of the folder."""


def libraries(pinned: str) -> list[Distribution]:
    """The pinned libraries that are installed here, by name; some are for other systems only."""
    found = []
    for name in re.findall(r"^([\w.-]+)==", pinned, re.MULTILINE):
        if name.casefold() in _ABSENT:
            continue
        try:
            found.append(distribution(name))
        except ModuleNotFoundError:
            continue
    return sorted(found, key=lambda each: each.name.casefold())


def licences(there: list[Distribution], into: Path) -> list[str]:
    """Copy every licence; the names of libraries that brought none and have none here.

    Args:
        there: the libraries.
        into: a folder, made here; one folder a library.
    """
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    without = []
    for each in there:
        texts = [
            Path(str(each.locate_file(file)))
            for file in each.files or ()
            if ".dist-info" in str(file)
            and re.match(r"(?i)licen[cs]e|copying|notice|authors", file.name)
            and Path(str(each.locate_file(file))).is_file()
        ]
        for text in texts:
            (into / each.name).mkdir(exist_ok=True)
            shutil.copyfile(text, into / each.name / text.name)
        if not texts:
            without.append(each.name)
    for text in OWN_TEXTS.iterdir():
        shutil.copyfile(text, into / text.name)
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.exists():
        shutil.copyfile(python, into / "Python.txt")
    return [name for name in without if not _is_of_qt(name)]


def _is_of_qt(name: str) -> bool:
    return name.casefold().startswith(("pyside6", "shiboken6"))


def inventory(there: list[Distribution]) -> str:
    """A bill of materials in CycloneDX's form, version 1.6."""
    parts = [
        {
            "type": "library",
            "name": each.name,
            "version": each.version,
            "purl": f"pkg:pypi/{each.name.casefold()}@{each.version}",
            "licenses": [{"license": {"name": _licence(each)}}],
        }
        for each in there
    ]
    parts += [
        {
            "type": "library",
            "name": name,
            "version": number,
            "licenses": [{"license": {"id": licence}}],
            "description": f"inside {where}",
        }
        for name, number, licence, where in INSIDE
    ]
    python = ".".join(map(str, sys.version_info[:3]))
    parts.append({"type": "platform", "name": "Python", "version": python})
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": TITLE,
                "version": version(),
                "bom-ref": PROGRAM,
            }
        },
        "components": parts,
    }
    return json.dumps(whole, indent=1) + "\n"


def _licence(each: Distribution) -> str:
    for field in ("License-Expression", "License"):
        for said in each.metadata.get_all(field) or []:
            if 0 < len(said) < _A_LINE:
                return str(said)
    classes = each.metadata.get_all("Classifier") or []
    named = [str(one).split(" :: ")[-1] for one in classes if str(one).startswith("License")]
    return ", ".join(named) or "see its licence"
