"""Four judges of FHIR payloads that we did not write, behind one call.

`fhir.resources` (R4B) and `fhirkit` know structure; the definitions of HL7 (`r4b.json`, see
`extract.py`) bring required codes, targets of references, patterns and, through `fhirpathpy`,
the invariants.
"""

import json
import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import fhirkit
from pydantic import ValidationError

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import fhirpathpy
    from fhir.resources.R4B import get_fhir_model_class
    from fhirpathpy.models import models

Json = dict[str, Any]
Rule = Callable[[object], object]
HERE = Path(__file__).parent


@cache
def definitions() -> Json:
    """HL7's definitions, cut to our types."""
    loaded: Json = json.loads((HERE / "r4b.json").read_text(encoding="utf-8"))
    return loaded


def by_models(resource: Json) -> list[str]:
    """Faults that `fhir.resources` finds."""
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValidationError as error:
        return [f"{each['loc']}: {each['msg']}" for each in error.errors(include_input=False)]
    return []


def by_rust(resource: Json) -> list[str]:
    """Faults that `fhirkit` finds."""
    try:
        issues = fhirkit.validate(json.dumps(resource))
    except fhirkit.ParseError as error:
        return [str(error)]
    return [f"{each.path}: {each.message}" for each in issues if each.severity == "error"]


def by_definitions(resource: Json, *, invariants: bool = True) -> list[str]:
    """Faults by HL7's own definitions; without `invariants` it is quick."""
    kind = resource["resourceType"]
    faults = list(_walk(resource, kind, kind, top=True))
    if invariants:
        faults += list(_broken(resource, kind, kind))
    return faults


def quick(resource: Json) -> list[str]:
    """Everything but the invariants and the slow models."""
    return by_rust(resource) + by_definitions(resource, invariants=False)


def all_of(resource: Json) -> list[str]:
    """What any of them finds."""
    return by_models(resource) + by_rust(resource) + by_definitions(resource)


def _walk(value: Json, kind: str, path: str, *, top: bool = False) -> Iterator[str]:
    """Cardinality, types, codes, targets and patterns of one object and what is in it."""
    elements = definitions()["types"][kind]["elements"]
    known = _members(kind)
    for name, content in value.items():
        if name.startswith("_") or name in ("id", "contained") or (top and name == "resourceType"):
            continue
        if name not in known:
            yield f"{path}.{name}: unknown element"
            continue
        leaf, of = known[name]
        yield from _values(content, elements[leaf], of, f"{path}.{name}")
    for leaf, entry in elements.items():
        present = [name for name, (of, _) in known.items() if of == leaf and name in value]
        if entry["min"] and not present and f"_{leaf}" not in value:
            yield f"{path}.{leaf}: missing"


@cache
def _members(kind: str) -> dict[str, tuple[str, str]]:
    """JSON names of a type's elements, each with its element and type."""
    members = {}
    for leaf, entry in definitions()["types"][kind]["elements"].items():
        for of in entry["types"]:
            name = leaf.replace("[x]", of[0].upper() + of[1:]) if "[x]" in leaf else leaf
            members[name] = (leaf, of)
    return members


def _values(content: object, entry: Json, of: str, path: str) -> Iterator[str]:
    many = entry["max"] == "*" or int(entry["max"]) > 1
    if many != isinstance(content, list):
        yield f"{path}: {'not ' if many else ''}an array"
        return
    values = content if isinstance(content, list) else [content]
    if many and not values:
        yield f"{path}: an empty array"
    for value in values:
        yield from _value(value, entry, of, path)


def _value(value: object, entry: Json, of: str, path: str) -> Iterator[str]:
    if of in definitions()["types"]:
        if not isinstance(value, dict):
            yield f"{path}: not an object"
            return
        if not value:
            yield f"{path}: an empty object"
        if of == "Reference":
            yield from _target(value, entry.get("targets"), path)
        yield from _walk(value, of, path)
    elif value is not None:  # null: its extensions stand in its place
        yield from _primitive(value, entry, of, path)


def _primitive(value: object, entry: Json, of: str, path: str) -> Iterator[str]:
    pattern = definitions()["primitives"].get(of)
    text = json.dumps(value) if isinstance(value, bool | int | float) else value
    if not isinstance(text, str):
        yield f"{path}: not a value"
    elif pattern is not None and not re.fullmatch(pattern, text):
        yield f"{path}: not of the pattern of {of}"
    if "codes" in entry and value not in entry["codes"]:
        yield f"{path}: a code outside the required binding"


def _target(reference: Json, targets: list[str] | None, path: str) -> Iterator[str]:
    """A literal reference of the form Type/id must point to one of the allowed types."""
    literal = reference.get("reference")
    if targets is None or not isinstance(literal, str) or literal.startswith(("#", "urn:")):
        return
    parts = literal.split("/_history/")[0].split("/")
    if len(parts) >= 2 and parts[-2] not in targets:
        yield f"{path}: points to a type that is not allowed"


def _broken(value: Json, kind: str, path: str) -> Iterator[str]:
    """Invariants that do not hold for an object or for what is in it."""
    definition = definitions()["types"][kind]
    yield from _unkept(definition["rules"], value, path)
    known = _members(kind)
    for name in known.keys() & value.keys():
        leaf, of = known[name]
        content = value[name]
        for each in content if isinstance(content, list) else [content]:
            yield from _unkept(definition["elements"][leaf].get("rules", []), each, path)
            if of in definitions()["types"] and isinstance(each, dict):
                yield from _broken(each, of, f"{path}.{name}")


def _unkept(rules: list[list[str]], value: object, path: str) -> Iterator[str]:
    for key, expression in rules:
        if _rule(expression)(value) == [False]:
            yield f"{path}: {key}"


@cache
def _rule(expression: str) -> Rule:
    """A compiled invariant. fhirpathpy lacks hasValue(), which is exists() for plain JSON."""
    if "%rootResource" in expression:
        return lambda _value: []
    plain = expression.replace("hasValue()", "exists()")
    return cast("Rule", fhirpathpy.compile(plain, models["r4"]))
