"""The office's time: its providers, their hours, the slots of six weeks, who booked them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from carekraft_desktop.contract.fhir import (
    AvailableTime,
    CodeableConcept,
    Coding,
    Period,
    PractitionerRole,
    Reference,
    Schedule,
)
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.words import PROVIDERS, SPECIALTY
from carekraft_desktop.value import Value

LUNCH = (12, 13)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Provider(Value, frozen=True):
    """A provider of the office and how their time is cut."""

    id: str
    schedule_id: str
    name: str
    specialty: str
    """Code of the specialty."""
    specialty_name: str
    minutes: int
    """Length of a slot."""
    hours: tuple[int, int]
    """First and last hour, in the office's time."""
    days: tuple[str, ...]

    def role(self) -> PractitionerRole:
        """The provider as the wire has it."""
        begin, end = self.hours
        return PractitionerRole(
            resource_type="PractitionerRole",
            id=self.id,
            practitioner=Reference(reference=f"Practitioner/p-{self.id}", display=self.name),
            specialty=[
                CodeableConcept(
                    coding=[
                        Coding(system=SPECIALTY, code=self.specialty, display=self.specialty_name)
                    ]
                )
            ],
            available_time=[
                AvailableTime(
                    days_of_week=list(self.days),  # type: ignore[arg-type] # from DAYS
                    available_start_time=f"{first:02d}:00:00",
                    available_end_time=f"{last:02d}:00:00",
                )
                for first, last in ((begin, LUNCH[0]), (LUNCH[1], end))
            ],
        )

    def schedule(self, first: date, last: date) -> Schedule:
        """The provider's published time."""
        return Schedule(
            resource_type="Schedule",
            id=self.schedule_id,
            actor=[Reference(reference=f"PractitionerRole/{self.id}", display=self.name)],
            planning_horizon=Period(start=first.isoformat(), end=last.isoformat()),
        )


class Opening(Value, frozen=True):
    """A stretch of a provider's time that can be booked."""

    id: str
    provider: Provider
    start: datetime
    end: datetime


def make_providers(chance: Chance, count: int, at: datetime) -> list[Provider]:
    """The office's providers; with more than are invented, the list starts over."""
    made = []
    for number in range(count):
        name, code, specialty, minutes, hours, days = PROVIDERS[number % len(PROVIDERS)]
        if number >= len(PROVIDERS):
            name = f"{name} ({number // len(PROVIDERS) + 1})"
        made.append(
            Provider(
                id=chance.new_id(at),
                schedule_id=chance.new_id(at),
                name=name,
                specialty=code,
                specialty_name=specialty,
                minutes=minutes,
                hours=hours,
                days=tuple(days.split()),
            )
        )
    return made


def make_openings(
    chance: Chance, provider: Provider, days: list[date], *, today: date, zone: ZoneInfo
) -> list[Opening]:
    """A provider's slots on those days; `today` is worked whatever day of the week it is."""
    made = []
    for day in days:
        if day == today or DAYS[day.weekday()] in provider.days:
            published = datetime.combine(day - timedelta(days=45), time(6), zone)
            for start in _starts(provider, day, zone):
                end = start + timedelta(minutes=provider.minutes)
                made.append(Opening(chance.new_id(published), provider, start, end))
    return made


def _starts(provider: Provider, day: date, zone: ZoneInfo) -> list[datetime]:
    """When slots begin; worked out in local time, so that a change of the clocks does no harm."""
    begin, end = provider.hours
    starts = []
    for first, last in ((begin, LUNCH[0]), (LUNCH[1], end)):
        minute = first * 60
        while minute + provider.minutes <= last * 60:
            local = datetime.combine(day, time(minute // 60, minute % 60), zone)
            starts.append(local.astimezone(UTC))
            minute += provider.minutes
    return starts
