"""What the office at the far end of a referral gets: a booking and the person it is for.

Made of the message alone, so that it cannot hold more than left the first office.
"""

from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from msgspec import UnsetType
from sqlalchemy import Connection, RowMapping

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.fhir import (
    BOOKING_NUMBER,
    DATA_CLASS,
    Address,
    Appointment,
    AppointmentParticipant,
    CodeableConcept,
    Coding,
    Consent,
    ContactPoint,
    HumanName,
    Identifier,
    Patient,
    PatientContact,
    Provision,
    Reference,
)
from carekraft_desktop.contract.referrals import ReferralBooking
from carekraft_desktop.hub import feed
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import moment, stamp

ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"


def appointment(
    message: ReferralBooking, slot: RowMapping, *, status: str, at: datetime
) -> Appointment:
    """The booking, under the request's own id."""
    start, end = moment(slot["start_at"]), moment(slot["end_at"])
    number = message.request_id.replace("-", "").upper()
    answered = "accepted" if status == "booked" else "needs-action"
    return Appointment(
        resource_type="Appointment",
        id=message.request_id,
        status=status,  # type: ignore[arg-type] # proposed or booked
        identifier=[Identifier(system=BOOKING_NUMBER, value=f"CK-{number[:4]}-{number[4:8]}")],
        start=start,
        end=end,
        minutes_duration=max(1, int((end - start).total_seconds() // 60)),
        slot=[Reference(reference=f"Slot/{slot['id']}")],
        created=stamp(at),
        participant=[
            AppointmentParticipant(
                status="accepted", actor=Reference(reference=f"Patient/{message.patient_id}")
            ),
            AppointmentParticipant(
                status=answered,  # type: ignore[arg-type] # one of the two
                actor=Reference(reference=f"PractitionerRole/{slot['provider_id']}"),
            ),
        ],
    )


def people(
    connection: Connection, office_id: str, message: ReferralBooking, at: datetime
) -> list[Change]:
    """The patient and what of them is shared, unless the office knows them already."""
    known = feed.one(connection, office_id, "patient", message.patient_id)
    if known is not None and not known["gone"]:
        return []
    patient, share = _patient(message), _consent(message, at)
    of = message.patient_id
    return [
        Change(kind="patient", id=of, body=encode(patient).decode(), subject=of),
        Change(kind="consent", id=share.id, body=encode(share).decode(), subject=of),
    ]


def _patient(message: ReferralBooking) -> Patient:
    given = [] if isinstance(message.given_name, UnsetType) else [message.given_name]
    guardian = message.guardian
    contact = (
        []
        if isinstance(guardian, UnsetType)
        else [
            PatientContact(
                relationship=[CodeableConcept(coding=[Coding(system=ROLE_CODE, code="GUARD")])],
                name=HumanName(family=guardian.family_name, given=[guardian.given_name]),
                telecom=[ContactPoint(system="phone", value=guardian.phone)],
            )
        ]
    )
    zip5 = None if isinstance(message.zip5, UnsetType) else message.zip5
    return Patient(
        resource_type="Patient",
        id=message.patient_id,
        name=[HumanName(use="official", family=message.family_name, given=given)],
        telecom=[
            ContactPoint(system=system, value=value)  # type: ignore[arg-type] # one of the two
            for system, value in (("phone", message.phone), ("email", message.email))
            if not isinstance(value, UnsetType)
        ],
        gender=None if isinstance(message.sex_admin, UnsetType) else message.sex_admin.value,
        birth_date=message.birth_date,
        address=[Address(postal_code=zip5)] if zip5 else [],
        contact=contact,
    )


def _consent(message: ReferralBooking, at: datetime) -> Consent:
    classes = [Coding(system=DATA_CLASS, code=each) for each in ("contact", "demographic")]
    denied = [Coding(system=DATA_CLASS, code=each) for each in ("insurance", "medical")]
    return Consent(
        resource_type="Consent",
        id=str(uuid5(NAMESPACE_OID, message.request_id)),
        status="active",
        scope=CodeableConcept(coding=[Coding(system=SCOPE, code="patient-privacy")]),
        category=[CodeableConcept(coding=[Coding(system=ACT_CODE, code="IDSCL")])],
        patient=Reference(reference=f"Patient/{message.patient_id}"),
        date_time=stamp(at),
        policy_rule=CodeableConcept(coding=[Coding(system=ACT_CODE, code="OPTIN")]),
        provision=Provision(
            type="permit", class_=classes, provision=[Provision(type="deny", class_=denied)]
        ),
    )
