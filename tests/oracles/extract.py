"""Cuts what the FHIR oracle needs out of HL7's own definitions of R4B.

    npm pack hl7.fhir.r4b.core@4.3.0 && tar xzf hl7.fhir.r4b.core-4.3.0.tgz
    python tests/oracles/extract.py package > tests/oracles/r4b.json

For our resource types and every data type within them it keeps cardinalities, types, allowed
targets of references, required bindings as lists of codes, patterns of primitive types, and
the invariants of severity error. Elements of R4 (4.0.1) and R4B are the same for these types.
"""

import json
import sys
from pathlib import Path
from typing import Any

ROOTS = (
    "Appointment",
    "AppointmentResponse",
    "CapabilityStatement",
    "Consent",
    "Coverage",
    "Location",
    "OperationOutcome",
    "Organization",
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "Schedule",
    "Slot",
)
SOURCE = (
    "HL7 FHIR R4B, npm package hl7.fhir.r4b.core 4.3.0, (c) HL7.org, licensed under "
    "Creative Commons No Rights Reserved (CC0); cut by tests/oracles/extract.py"
)
PREFIX = "http://hl7.org/fhir/StructureDefinition/"
SYSTEM_TYPE = "http://hl7.org/fhirpath/System."
# Evaluated by other oracles, or about narrative and nesting that payloads here do not have.
SKIPPED = ("ele-1", "ext-1", "dom-", "txt-")
MOST_CODES = 400
# An extension may carry any type; these are the ones that the examples and we use.
EXTENSION_TYPES = [
    "boolean",
    "code",
    "date",
    "dateTime",
    "decimal",
    "instant",
    "integer",
    "string",
    "uri",
    "url",
    "Address",
    "CodeableConcept",
    "Coding",
    "Identifier",
    "Period",
    "Quantity",
    "Reference",
]

Json = dict[str, Any]


class Package:
    """The unpacked npm package."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds the package's JSON files."""
        self._folder = folder
        self._by_url: dict[str, Json] = {}
        for kind in ("ValueSet", "CodeSystem"):
            for path in folder.glob(f"{kind}-*.json"):
                resource = json.loads(path.read_text(encoding="utf-8"))
                if "url" in resource:
                    self._by_url[resource["url"]] = resource

    def structure(self, name: str) -> Json:
        """The definition of a type."""
        path = self._folder / f"StructureDefinition-{name}.json"
        found: Json = json.loads(path.read_text(encoding="utf-8"))
        return found

    def codes(self, value_set: str) -> list[str] | None:
        """All codes of a value set, None when they cannot be listed."""
        found = self._by_url.get(value_set.partition("|")[0])
        if found is None or found["resourceType"] != "ValueSet":
            return None
        codes: set[str] = set()
        for include in found.get("compose", {}).get("include", []):
            part = self._included(include)
            if part is None:
                return None
            codes |= part
        for exclude in found.get("compose", {}).get("exclude", []):
            codes -= {concept["code"] for concept in exclude.get("concept", [])}
        return sorted(codes) if 0 < len(codes) <= MOST_CODES else None

    def _included(self, include: Json) -> set[str] | None:
        if "filter" in include:
            return None
        if "concept" in include:
            return {concept["code"] for concept in include["concept"]}
        codes: set[str] = set()
        for other in include.get("valueSet", []):
            part = self.codes(other)
            if part is None:
                return None
            codes |= set(part)
        if "system" in include:
            system = self._by_url.get(include["system"])
            if system is None or system.get("content") != "complete":
                return None
            codes |= set(_all_codes(system.get("concept", [])))
        return codes


def _all_codes(concepts: list[Json]) -> list[str]:
    codes = []
    for concept in concepts:
        codes.append(concept["code"])
        codes += _all_codes(concept.get("concept", []))
    return codes


def cut(package: Package) -> Json:
    """Our types and all types within them."""
    types: Json = {}
    primitives: Json = {}
    open_names = list(ROOTS)
    while open_names:
        name = open_names.pop()
        if name in types or name in primitives:
            continue
        definition = package.structure(name)
        if definition["kind"] == "primitive-type":
            primitives[name] = _pattern(definition)
            continue
        made, needed = _type(package, definition)
        types |= made
        open_names += sorted(needed)
    return {
        "source": SOURCE,
        "types": dict(sorted(types.items())),
        "primitives": dict(sorted(primitives.items())),
    }


def _pattern(definition: Json) -> str | None:
    """The pattern of a primitive's value."""
    for element in definition["snapshot"]["element"]:
        if element["path"].endswith(".value"):
            for extension in element.get("type", [{}])[0].get("extension", []):
                if extension["url"].endswith("/regex"):
                    return str(extension["valueString"])
    return None


def _type(package: Package, definition: Json) -> tuple[Json, set[str]]:
    """A type with its backbone elements, each by its path, and the types it needs."""
    made: Json = {}
    needed: set[str] = set()
    for element in definition["snapshot"]["element"]:
        path = element["path"]
        parent, _, leaf = path.rpartition(".")
        rules = _rules(element, definition["url"])
        if not parent:
            made[path] = {"rules": rules, "elements": {}}
            continue
        if leaf == "contained":
            continue
        kinds = _kinds(element, path, definition["name"])
        if "BackboneElement" in kinds or (kinds == ["Element"] and leaf != "value[x]"):
            made[path] = {"rules": [], "elements": {}}
            kinds = [path]
        needed |= {kind for kind in kinds if "." not in kind and kind != "System"}
        entry: Json = {"min": element["min"], "max": element["max"], "types": kinds}
        if rules:
            entry["rules"] = rules
        entry |= _targets(element) | _codes(package, element)
        made[parent]["elements"][leaf] = entry
    return made, needed


def _rules(element: Json, url: str) -> list[list[str]]:
    """Invariants of severity error that this element brings itself."""
    return [
        [rule["key"], rule["expression"]]
        for rule in element.get("constraint", [])
        if rule["severity"] == "error"
        and "expression" in rule
        and not rule["key"].startswith(SKIPPED)
        and rule.get("source", url) in (url, url.removeprefix(PREFIX))
    ]


def _kinds(element: Json, path: str, name: str) -> list[str]:
    if "contentReference" in element:
        return [element["contentReference"].rpartition("#")[2]]
    kinds = []
    for each in element.get("type", []):
        kind = "System" if each["code"].startswith(SYSTEM_TYPE) else each["code"]
        if name == "Extension" and path.endswith("value[x]") and kind not in EXTENSION_TYPES:
            continue
        kinds.append(kind)
    return kinds


def _targets(element: Json) -> Json:
    """Resource types that a reference may point to; none listed means any."""
    targets = {
        target.removeprefix(PREFIX)
        for each in element.get("type", [])
        if each["code"] == "Reference"
        for target in each.get("targetProfile", [])
    }
    return {"targets": sorted(targets)} if targets and "Resource" not in targets else {}


def _codes(package: Package, element: Json) -> Json:
    binding = element.get("binding", {})
    is_code = [each["code"] for each in element.get("type", [])] == ["code"]
    if binding.get("strength") != "required" or "valueSet" not in binding or not is_code:
        return {}
    codes = package.codes(binding["valueSet"])
    return {"codes": codes} if codes else {}


if __name__ == "__main__":
    text = json.dumps(cut(Package(Path(sys.argv[1]))), ensure_ascii=False, separators=(",", ":"))
    # One type a line, so that a change of the source shows as a readable difference.
    sys.stdout.write(text.replace('},"', '},\n"') + "\n")
