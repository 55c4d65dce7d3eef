"""The facade's searches and bookings once more, on a real PostgreSQL."""

import pytest

from tests.postgres import Postgres
from tests.unit.hub.fhir.test_facade import (
    test_a_booking_of_the_offices_system_is_confirmed_moved_and_cancelled,
    test_a_partner_sees_its_own_patients_and_bookings_only,
    test_find_asks_by_query_too_and_refuses_what_makes_no_sense,
    test_find_hold_and_book_lead_to_one_appointment,
    test_free_times_are_published_without_a_sign_in_and_without_a_patient,
    test_slots_are_searched_by_schedule_status_and_time_page_by_page,
    test_the_same_slot_sent_twice_is_one,
)

__all__ = [
    "test_a_booking_of_the_offices_system_is_confirmed_moved_and_cancelled",
    "test_a_partner_sees_its_own_patients_and_bookings_only",
    "test_find_asks_by_query_too_and_refuses_what_makes_no_sense",
    "test_find_hold_and_book_lead_to_one_appointment",
    "test_free_times_are_published_without_a_sign_in_and_without_a_patient",
    "test_slots_are_searched_by_schedule_status_and_time_page_by_page",
    "test_the_same_slot_sent_twice_is_one",
]


@pytest.fixture
def server(postgres: Postgres) -> Postgres:
    """PostgreSQL."""
    return postgres
