"""Writing a booking in the shape in which the office's practice system wants it.

A template is text with fields in braces. What the patient does not share is empty; a line whose
fields are all empty is left out, so that nobody types "Telephone:" with nothing behind it.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.value import Value

FIELDS: dict[str, DataClass | None] = {
    "number": None,
    "name": None,
    "sort_name": None,
    "date": None,
    "date_us": None,
    "time": None,
    "minutes": None,
    "provider": None,
    "guardian": None,
    "phone": DataClass.CONTACT,
    "email": DataClass.CONTACT,
    "address": DataClass.CONTACT,
    "guardian_phone": DataClass.CONTACT,
    "zip": DataClass.DEMOGRAPHIC,
    "gender": DataClass.DEMOGRAPHIC,
    "born": DataClass.DEMOGRAPHIC,
    "born_us": DataClass.DEMOGRAPHIC,
    "carrier": DataClass.INSURANCE,
    "plan": DataClass.INSURANCE,
    "member": DataClass.INSURANCE,
    "purpose": DataClass.MEDICAL,
}
"""Every field, and the class of shared data it belongs to; None for the booking itself."""

LONGEST = 4_000
"""Characters of a template."""
_FIELD = re.compile(r"\{([^{}]*)\}")
_FORMULA = frozenset("=+-@\t\r")


class Style(StrEnum):
    """How the filled template is written."""

    LINES = "lines"
    CSV = "csv"
    """One row of comma-separated values (RFC 4180); the template names the fields in order."""


class Template(Value, frozen=True):
    """One shape."""

    key: str
    title: str
    style: Style
    text: str


SHIPPED: tuple[Template, ...] = (
    Template(
        "generic",
        "Any system",
        Style.LINES,
        "{sort_name}\nBorn: {born}\nGender: {gender}\nTelephone: {phone}\nE-mail: {email}\n"
        "Address: {address} {zip}\nGuardian: {guardian} {guardian_phone}\n"
        "Insurance: {carrier}, {plan}, {member}\n"
        "Visit: {date} {time}, {minutes} min, {provider}\nBooking: {number}\n",
    ),
    Template(
        "open-dental",
        "Open Dental",
        Style.LINES,
        "Last, First: {sort_name}\nBirthdate: {born_us}\nGender: {gender}\n"
        "Wireless Phone: {phone}\nE-mail: {email}\nAddress: {address}\nZip: {zip}\n"
        "Guarantor: {guardian}\nCarrier: {carrier}\nPlan: {plan}\nSubscriber ID: {member}\n"
        "Appointment: {date_us} {time} ({minutes} min)\nProvider: {provider}\n"
        "Note: CareKraft {number}\n",
    ),
    Template(
        "openemr",
        "OpenEMR",
        Style.LINES,
        "Name: {sort_name}\nDOB: {born}\nSex: {gender}\nMobile Phone: {phone}\n"
        "Contact Email: {email}\nAddress: {address}\nPostal Code: {zip}\n"
        "Guardian's Name: {guardian}\nPrimary Insurance Provider: {carrier}\nPlan Name: {plan}\n"
        "Policy Number: {member}\nDate: {date}\nTime: {time}\nDuration: {minutes}\n"
        "Provider: {provider}\nComments: CareKraft {number}\n",
    ),
    Template(
        "csv",
        "CSV row",
        Style.CSV,
        "{number},{date},{time},{minutes},{provider},{sort_name},{born},{gender},{phone},"
        "{email},{address},{zip},{carrier},{plan},{member}",
    ),
)


def unknown_fields(text: str) -> tuple[str, ...]:
    """Names in braces that no field has, in their order."""
    found = (name for name in _FIELD.findall(text) if name not in FIELDS)
    return tuple(dict.fromkeys(found))


def classes_of(text: str) -> frozenset[DataClass]:
    """The classes of shared data that a template asks for."""
    found = (FIELDS.get(name) for name in _FIELD.findall(text))
    return frozenset(data for data in found if data is not None)


def render(template: Template, values: Mapping[str, str]) -> str:
    """The template filled; a field without a value is empty."""
    if template.style is Style.CSV:
        names = _FIELD.findall(template.text)
        return ",".join(_cell(_one_line(values.get(name, ""))) for name in names) + "\r\n"
    lines = (_filled(line, values) for line in template.text.splitlines())
    return "\n".join(line for line in lines if line is not None) + "\n"


def _filled(line: str, values: Mapping[str, str]) -> str | None:
    names = _FIELD.findall(line)
    if names and not any(values.get(name) for name in names):
        return None
    filled = _FIELD.sub(lambda match: _one_line(values.get(match.group(1), "")), line)
    # Empty fields leave commas and spaces behind.
    filled = re.sub(r"(?:, *)+(?=,)", "", filled)
    return re.sub(r" {2,}", " ", filled).strip(" ,")


def _one_line(value: str) -> str:
    """A patient's line break must not begin a line of its own in another program."""
    return " ".join(value.split())


def _cell(value: str) -> str:
    """One value of a row; a spreadsheet must not take it for a formula."""
    if value[:1] in _FORMULA and not re.fullmatch(r"[+\-]?[\d\s().\-]+", value):
        value = f"'{value}"
    return '"' + value.replace('"', '""') + '"' if re.search(r'[",\r\n]', value) else value
