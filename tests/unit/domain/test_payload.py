"""The message of a referral holds what its closed contract lists, and nothing else."""

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carekraft_desktop.contract.referrals import SCHEMA, ReferralBooking, is_npi
from carekraft_desktop.domain import payload
from carekraft_desktop.domain.payload import Choice, Profile, Time, Wish
from carekraft_desktop.errors import MessageRefused
from carekraft_desktop.value import replace
from tests.messages import CHOICE, GUARDIAN, NOON, PROFILE, TARGET, message, random_parts

MEMBERS = {
    "ck-ref-1": """
        contact_pref birth_date created_at earliest_ok email family_name from_office_npi
        from_office_phone given_name guardian guardian.family_name guardian.given_name
        guardian.phone guardian.relation interpreter language mode patient_id payer_code
        permission_id phone plan_code request_id schema sex_admin slot_end slot_id slot_start
        specialty_code to_location_id to_provider_npi visit_class windows windows.date
        windows.part zip5
    """
}
"""What may be in a message, by the version of its schema. Two people look at a change of it."""
REFERRALS = 10_000


def keys_of(value: object, before: str = "") -> set[str]:
    """Every key, with the path that leads to it."""
    if isinstance(value, list):
        return set().union(*(keys_of(each, before) for each in value))
    if not isinstance(value, dict):
        return set()
    found: set[str] = set()
    for name, member in value.items():
        found |= {f"{before}{name}"} | keys_of(member, f"{before}{name}.")
    return found


@pytest.mark.req("REQ-62")
def test_ten_thousand_referrals_have_no_key_outside_the_list_of_their_schema() -> None:
    chance = random.Random(20_261_124)
    found: set[str] = set()
    for _ in range(REFERRALS):
        found |= keys_of(msgspec.json.decode(payload.build(**random_parts(chance)).data))
    assert sorted(found) == sorted(MEMBERS[SCHEMA].split()), (
        f"the members of {SCHEMA} changed: that needs another version of the schema"
    )


@pytest.mark.req("REQ-64")
def test_no_text_of_the_message_is_without_a_form_and_a_length() -> None:
    schema = msgspec.json.schema(ReferralBooking)

    def walk(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [each for part in node for each in walk(part)]
        if not isinstance(node, dict):
            return []
        mine = [node] if node.get("type") in {"string", "object"} else []
        return mine + [each for part in node.values() for each in walk(part)]

    nodes = walk(schema)
    assert len(nodes) > 20
    for node in nodes:
        if node["type"] == "object":
            assert node["additionalProperties"] is False
        else:
            assert {"pattern", "maxLength"} <= node.keys(), node


@pytest.mark.req("REQ-65")
def test_what_is_shown_is_every_member_that_is_sent() -> None:
    chance = random.Random(5)
    for _ in range(300):
        made = payload.build(**random_parts(chance))
        sent = msgspec.json.decode(made.data)
        shown = dict(payload.parts(made.booking))
        flat: dict[str, str] = {}
        for name, value in sent.items():
            if name == "windows":
                for place, window in enumerate(value, 1):
                    flat |= {f"windows.{place}.{key}": text for key, text in window.items()}
            elif isinstance(value, dict):
                flat |= {f"{name}.{key}": text for key, text in value.items()}
            else:
                flat[name] = str(value).lower() if isinstance(value, bool) else value
        assert shown == flat


def test_the_same_choices_give_the_same_bytes() -> None:
    assert message().data == message().data
    assert message().digest != message(replace(CHOICE, mode="VIDEO")).digest


DENIED = [
    "note",
    "comment",
    "description",
    "text",
    "message",
    "subject",
    "other",
    "reason",
    "purpose",
    "complaint",
    "diagnosis",
    "icd10",
    "procedure",
    "urgency",
    "priority",
    "medication",
    "allergy",
    "attachment",
    "mrn",
    "ssn",
    "member_id",
    "address",
    "street",
    "previous_providers",
    "previous_visits",
    "occupation",
    "employer",
    "ethnicity",
    "display",
    "extension",
    "contained",
]


@pytest.mark.req("REQ-61")
@pytest.mark.parametrize("name", DENIED)
def test_a_member_of_the_deny_list_cannot_be_in_a_message(name: str) -> None:
    sent = msgspec.json.decode(message().data)
    with pytest.raises(MessageRefused):
        payload.read(msgspec.json.encode(sent | {name: "x"}))
    with pytest.raises(MessageRefused):
        minor = msgspec.json.decode(message(profile=_child()).data)
        minor["guardian"][name] = "x"
        payload.read(msgspec.json.encode(minor))


def _child() -> Profile:
    return replace(PROFILE, birth_date="2016-01-05", guardian=GUARDIAN)


@pytest.mark.req("REQ-71")
def test_a_minors_own_telephone_and_mail_are_not_sent() -> None:
    sent = msgspec.json.decode(message(profile=_child()).data)
    assert {"phone", "email"}.isdisjoint(sent)
    assert sent["guardian"]["phone"] == GUARDIAN.phone
    with pytest.raises(MessageRefused):
        payload.read(msgspec.json.encode(sent | {"phone": "+13125550199"}))


WRONG: tuple[tuple[str, object], ...] = (
    ("schema", "ck-ref-2"),
    ("request_id", "0193a0de-0000-7000-8000-00000000c0de"),
    ("created_at", "2026-11-24T18:00:00.5Z"),
    ("created_at", "2026-13-24T18:00:00Z"),
    ("from_office_npi", "1234567890"),
    ("to_provider_npi", f"{TARGET}\n"),
    ("from_office_phone", "312 555 0100"),
    ("permission_id", "perm 1"),
    ("permission_id", "x" * 65),
    ("to_location_id", "MRI-LUMBAR"),
    ("slot_id", "slotForChemo"),
    ("slot_id", "hiv_follow_up"),
    ("slot_end", "2026-11-26T17:00:00Z"),
    ("slot_end", "2026-11-28T18:00:00Z"),
    ("visit_class", "URGENT"),
    ("mode", "WALKIN"),
    ("earliest_ok", "yes"),
    ("earliest_ok", 1),
    ("given_name", "Elif (knee pain)"),
    ("given_name", "Elif2"),
    ("given_name", "E\u200blif"),
    ("given_name", " Elif"),
    ("given_name", "-"),
    ("family_name", ""),
    ("family_name", "x" * 61),
    ("birth_date", "1979-02-30"),
    ("birth_date", "2040-01-01"),
    ("birth_date", "2015-01-01"),
    ("sex_admin", "intersex, see notes"),
    ("phone", "+1 312 555 0187"),
    ("email", "call me at noon"),
    ("email", f"{'a' * 250}@example.com"),
    ("zip5", "60601-1234"),
    ("contact_pref", "LETTER"),
    ("language", "en-US-x-knee"),
    ("interpreter", None),
    ("payer_code", "Member 4410-22"),
    ("plan_code", "lower"),
    ("windows", [{"date": "2026-11-26", "part": "AM"}]),
    ("guardian", {"given_name": "A", "family_name": "B", "phone": "+13125550188"}),
)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_value_out_of_its_form_makes_it_no_message(name: str, value: object) -> None:
    sent = msgspec.json.decode(message().data)
    with pytest.raises(MessageRefused) as refused:
        payload.read(msgspec.json.encode(sent | {name: value}))
    assert not value or len(str(value)) < 3 or str(value) not in str(refused.value)


def test_there_is_one_way_of_writing_a_message() -> None:
    data = message().data
    for other in (
        data + b" ",
        data.replace(b'"mode"', b' "mode"'),
        data.replace(b"Elif", b"\\u0045lif"),
        data.replace(b'{"schema":"ck-ref-1",', b"{")[:-1] + b',"schema":"ck-ref-1"}',
        data[:-1] + b',"interpreter":true}',
    ):
        with pytest.raises(MessageRefused):
            payload.read(other)


def test_there_is_a_slot_or_at_most_three_windows() -> None:
    wishes = tuple(Wish(f"2026-11-2{n}", "AM") for n in range(5, 9))
    assert payload.build(**_with(time=None, wishes=wishes[:3]))
    for choice in (
        {"time": None, "wishes": ()},
        {"time": None, "wishes": wishes},
        {"time": None, "wishes": wishes[:1] * 2},
        {"time": None, "wishes": (Wish("2026-11-25", "NIGHT"),)},
        {"time": Time("slot-9", NOON, NOON), "wishes": ()},
    ):
        with pytest.raises(MessageRefused):
            payload.build(**_with(**choice))


def _with(**changes: Any) -> dict[str, Any]:
    choice: Choice = replace(CHOICE, **changes)
    parts = random_parts(random.Random(1))
    return parts | {"choice": choice, "profile": PROFILE, "created_at": NOON}


def test_the_check_digit_of_a_provider_number_is_checked() -> None:
    assert is_npi("1234567893")
    assert not is_npi("1234567890")
    assert not is_npi("3234567893")
    assert not is_npi("123456789")
    assert not is_npi("12345678９3")


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_whatever_bytes_come_they_are_a_message_or_refused_in_one_way(data: bytes) -> None:
    with pytest.raises(MessageRefused):
        payload.read(data)


@given(
    st.sampled_from([name for name in MEMBERS["ck-ref-1"].split() if "." not in name]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=80),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
        max_leaves=6,
    ),
)
def test_whatever_stands_in_a_member_it_has_its_form_or_there_is_no_message(
    name: str, value: object
) -> None:
    sent = msgspec.json.decode(message().data)
    data = msgspec.json.encode(sent | {name: value})
    try:
        made = payload.read(data)
    except MessageRefused:
        return
    assert made.data == data
    assert keys_of(msgspec.json.decode(data)) <= set(MEMBERS["ck-ref-1"].split())
