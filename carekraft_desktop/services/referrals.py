"""What the desk does with referrals, all of it in one place: a module for each idea behind it.

Nothing here is typed: every choice comes from a list, every value of the patient is copied in
`referral_profile.py`. What was sent is never edited: it is cancelled and booked again.
"""

from carekraft_desktop.services.referral_agreement import (
    record_agreement,
    set_part_2,
)
from carekraft_desktop.services.referral_answers import (
    accept,
    decline,
    own_openings,
)
from carekraft_desktop.services.referral_begin import (
    again,
    begin,
    of_visit,
    permitted,
    waiting_patients,
)
from carekraft_desktop.services.referral_board import (
    Board,
    Open,
    Rules,
    accounting,
    board,
    count_attention,
    open_one,
)
from carekraft_desktop.services.referral_choices import (
    act_for,
    agree,
    choose_how,
    choose_provider,
    choose_time,
    choose_wishes,
)
from carekraft_desktop.services.referral_ending import (
    cancel,
    discard,
    seen,
)
from carekraft_desktop.services.referral_lines import Arrived, Line, Way
from carekraft_desktop.services.referral_sending import (
    needs_password,
    preview,
    send,
    take_back,
)

__all__ = [
    "Arrived",
    "Board",
    "Line",
    "Open",
    "Rules",
    "Way",
    "accept",
    "accounting",
    "act_for",
    "again",
    "agree",
    "begin",
    "board",
    "cancel",
    "choose_how",
    "choose_provider",
    "choose_time",
    "choose_wishes",
    "count_attention",
    "decline",
    "discard",
    "needs_password",
    "of_visit",
    "open_one",
    "own_openings",
    "permitted",
    "preview",
    "record_agreement",
    "seen",
    "send",
    "set_part_2",
    "take_back",
    "waiting_patients",
]
