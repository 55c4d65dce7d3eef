"""The tables of the exchange.

Every primary key begins with the office, or with the client for what belongs to one
workstation, so that the tables can be spread over several databases by office later.
Moments are whole seconds since 1970 in UTC; bodies are JSON text, ready to be sent.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()

exchange = Table(
    "exchange",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(200), nullable=False),
    comment="Facts about this database: its epoch.",
)

office = Table(
    "office",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("zone", String(64), nullable=False),
)

feed = Table(
    "feed",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("min_seq", BigInteger, nullable=False),
    comment="One counter row for each office; its lock orders the office's changes.",
)

item = Table(
    "item",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("v", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("reason", String(64)),
    Column("at", String(32), nullable=False),
    Column("subject", String(64)),
    Column("body", Text),
    Index("item_by_seq", "office_id", "seq", unique=True),
    Index("item_by_subject", "office_id", "subject"),
    comment="The compacted feed: each thing once, with the place of its last change.",
)

booking = Table(
    "booking",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("status", String(20), nullable=False),
    Column("patient_id", String(64), nullable=False),
    Column("provider_id", String(64), nullable=False),
    Column("slot_id", String(64)),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),
    Column("marked_at", BigInteger),
    Index("booking_by_patient", "office_id", "patient_id"),
    Index("booking_by_status", "office_id", "status", "start_at"),
    Index(
        "one_live_booking_per_slot",
        "office_id",
        "slot_id",
        unique=True,
        sqlite_where=text("slot_id IS NOT NULL AND status NOT IN ('cancelled', 'noshow')"),
        postgresql_where=text("slot_id IS NOT NULL AND status NOT IN ('cancelled', 'noshow')"),
    ),
    comment="What decides about a booking; its body is in `item`.",
)

slot = Table(
    "slot",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("provider_id", String(64), nullable=False),
    Column("schedule_id", String(64), nullable=False),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),
    Column("status", String(20), nullable=False),
    Index("slot_by_time", "office_id", "provider_id", "status", "start_at"),
)

device = Table(
    "device",
    metadata,
    Column("client_id", String(64), primary_key=True),
    Column("office_id", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("jwk", Text, nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("lost_at", BigInteger),
    Column("trail_entries", BigInteger),
    Column("trail_code", String(64)),
    Column("next_jwk", Text),
    Column("former_jwk", Text),
    Column("rotated_at", BigInteger),
    Column("scopes", String(400), nullable=False, server_default=""),
    Index("device_by_office", "office_id"),
    comment="Who signs in: workstations, and partners' systems, which have scopes.",
)

alias = Table(
    "alias",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("client_id", String(64), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("system", String(300), primary_key=True),
    Column("value", String(200), primary_key=True),
    Column("id", String(64), nullable=False),
    Index("alias_by_thing", "office_id", "client_id", "kind", "id"),
    comment="What a partner calls our things, and which things are its own.",
)

code = Table(
    "code",
    metadata,
    Column("selector", String(8), primary_key=True),
    Column("secret_hash", String(64), nullable=False),
    Column("office_id", String(64), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("tries_left", Integer, nullable=False),
    Column("used_at", BigInteger),
    comment="Enrolment codes: the first letters find the row, the rest must match its hash.",
)

token = Table(
    "token",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("client_id", String(64), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("scopes", String(400), nullable=False, server_default=""),
    Index("token_by_expiry", "expires_at"),
    Index("token_by_client", "client_id"),
)

assertion = Table(
    "assertion",
    metadata,
    Column("client_id", String(64), primary_key=True),
    Column("jti", String(128), primary_key=True),
    Column("expires_at", BigInteger, nullable=False),
    comment="Sign-in assertions that were used, so that none works twice.",
)

outcome = Table(
    "outcome",
    metadata,
    Column("client_id", String(64), primary_key=True),
    Column("key", String(36), primary_key=True),
    Column("office_id", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("result", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    comment="What each command was answered, for its repetition.",
)

progress = Table(
    "progress",
    metadata,
    Column("client_id", String(64), primary_key=True),
    Column("office_id", String(64), nullable=False),
    Column("cursor", String(200), nullable=False),
    Column("quarantined", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("client_id", String(64), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("v", BigInteger, primary_key=True),
    Column("key", String(36), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("outcome", String(16), nullable=False, server_default="deleted"),
    Column("dispose", String(7)),
    comment="A workstation's word on what became of what was withdrawn.",
)

office_number = Table(
    "office_number",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("npi", String(10), nullable=False, unique=True),
    comment="The national provider number of an office that makes referrals.",
)

permission = Table(
    "permission",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("permission_id", String(64), primary_key=True),
    Column("patient_id", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("revoked_at", BigInteger),
    Index("permission_by_patient", "office_id", "patient_id"),
    comment="What patients allow offices to book; its lock decides how often it is used.",
)

referral = Table(
    "referral",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("to_office_id", String(64), nullable=False),
    Column("booking_id", String(64)),
    Column("permission_id", String(64), nullable=False),
    Column("patient_id", String(64), nullable=False),
    Column("provider_id", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("message", Text, nullable=False),
    Column("start_at", BigInteger),
    Column("end_at", BigInteger),
    Column("decline_code", String(32)),
    Column("cancel_code", String(32)),
    Column("sent_at", BigInteger, nullable=False),
    Column("actor", String(64), nullable=False),
    Index("referral_by_id", "id"),
    Index("referral_by_booking", "to_office_id", "booking_id"),
    Index("referral_by_permission", "office_id", "permission_id", "status"),
    comment="A booking that one office made with another, as both see it.",
)

letter = Table(
    "letter",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("request_id", String(64), primary_key=True),
    Column("patient_id", String(64), nullable=False),
    Column("permission_id", String(64), nullable=False),
    Column("message", Text, nullable=False),
    Column("link", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("letter_by_link", "link"),
    comment="The patient's copy of what was sent, with the link that takes the permission back.",
)

directory = Table(
    "directory",
    metadata,
    Column("npi", String(10), primary_key=True),
    Column("location_id", String(64), primary_key=True),
    Column("office_id", String(64), nullable=False),
    Column("provider_id", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False, unique=True),
    Column("gone", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    comment="Who can be booked, where; the same for every office.",
)

hold = Table(
    "hold",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("slot_id", String(64), primary_key=True),
    Column("by_office_id", String(64), nullable=False),
    Column("until", BigInteger, nullable=False),
    Index("hold_by_end", "until"),
    comment="Slots that another office looks at; no patient is named.",
)

told = Table(
    "told",
    metadata,
    Column("office_id", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("client_id", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    comment="Incidents of which offices told CareKraft, in closed codes.",
)

sealing = Table(
    "sealing",
    metadata,
    Column("kid", String(64), primary_key=True),
    Column("jwk", Text, nullable=False),
    comment="The key by which permissions are signed.",
)
