"""The table of `docs/tasks.md`, from the names of the tests that count keys.

python -m tests.tasks > docs/tasks.md
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

from tests.keystrokes import GOAL_SECONDS, KEY, MENTAL, flows
from tests.officers_week import (
    GOAL_MINUTES,
    SECONDS_A_KEY,
    WORDS_A_MINUTE,
    minutes,
    written_down,
)

ROOT = Path(__file__).parents[1]
_NAME = re.compile(r"def test_task_(\d+)([a-z]?)_\w*_takes_(\d+)_keys?(\w*)\(")


class Task(NamedTuple):
    """One task of the receptionist's day, and the best that we know of elsewhere."""

    words: str
    often: str
    elsewhere: str


TASKS: dict[str, Task] = {
    "1": Task("Find a patient on the telephone", "40 a day", "GNUmed: part of the name, Enter"),
    "2": Task("Another provider's days", "dozens a day", "Open Dental: one function key"),
    "3": Task("What is new, is all sent", "30 a day", "Zocdoc: a badge, then 1 click"),
    "4": Task("Lock, and come back", "20 a day", "Open Dental: follows the computer's lock"),
    "5": Task("Mark arrived", "15 a day", "OpenMRS: 3 clicks"),
    "6": Task("Accept a booking", "15 a day", "HotDoc: 2 clicks"),
    "6b": Task("Accept three together", "after a weekend", "HotDoc: 2 clicks each"),
    "6c": Task(
        "Decline what has just come, from any page", "a few a day", "HotDoc: Dismiss, 2 clicks"
    ),
    "6d": Task("Offer it another time, from any page", "a few a day", "none that we know of"),
    "7": Task("Into the practice system", "15 a day", "one copy for each field: 6 to 9"),
    "8": Task("Ring a patient, log the outcome", "8 a day", "Weave: reply from the pop-up"),
    "9": Task("Move a visit", "8 a day", "Open Dental: one drag"),
    "9b": Task("Cancel with a reason", "8 a day", "Zocdoc: a coded reason in a form"),
    "10": Task("Print the day", "once a day", "Open Dental: Print"),
    "10b": Task("Sweep the end of the day", "once a day", "OpenEMR: open, pick, save for each"),
    "11": Task("Book a referral", "3 a day", "NHS e-RS: about 10 to 12"),
    "12": Task("Draft and publish a reply", "a few a week", "Emitrr: 3, and 2 to approve"),
}


def counted() -> dict[str, str]:
    """What the tests count, by the task's number."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "tests" / "window").glob("test_task*.py")):
        for number, letter, keys, more in _NAME.findall(path.read_text("utf-8")):
            words = "1 key" if keys == "1" else f"{keys} keys"
            found[f"{int(number)}{letter}"] = words + more.replace("_", " ")
    return found


def document() -> str:
    """The whole file."""
    ours = counted()
    lines = [
        "# The receptionist's day, counted",
        "",
        "Keys and chords that each task takes here, without a mouse and without a network, from"
        " the",
        "tests in `tests/window` that press and count them. The column beside it is the best we"
        " know",
        "of elsewhere, counted from published instructions, not measured.",
        "",
        "| Task | How often | Here | Elsewhere |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {task.words} | {task.often} | {ours[number]} | {task.elsewhere} |"
        for number, task in TASKS.items()
        if number in ours
    ]
    lines += ["", *_modelled(), *_week(), "Made by `python -m tests.tasks`.", ""]
    return "\n".join(lines)


def _modelled() -> list[str]:
    """How long a referral takes by the keystroke-level model."""
    found = [
        "## A referral in seconds, by a model",
        "",
        "Nobody was timed. The keystroke-level model (Card, Moran and Newell, Communications of the",
        f"ACM 23, 1980) gives {KEY} s to a key and {MENTAL} s to a decision, of which the look at the",
        "preview is one. The response is the program's own, measured once with all keys pressed at",
        "the window, on a shared two-core machine. Talking with the patient and waiting for another",
        f"office are not in it. The goal is {GOAL_SECONDS} s. The last column adds reading every word of",
        "what was found and of the preview, at 238 words a minute (Brysbaert, 2019): whoever does that",
        "with somebody they had to look for first takes longer than the goal.",
        "",
        "| Referral | Keys | Decisions | Response | By the model | Words | All of them read |",
        "|---|---|---|---|---|---|---|",
    ]
    found += [
        f"| {f.name} | {f.keys} | {f.decisions} | {f.response:.1f} s | {f.seconds:.0f} s"
        f" | {f.words} | {f.reading:.0f} s |"
        for f in flows()
    ]
    return [*found, ""]


def _week() -> list[str]:
    """What the privacy officer's week takes, page by page."""
    stops = written_down()
    keys, read = sum(each.keys for each in stops), sum(each.words for each in stops)
    return [
        "## The privacy officer's week, by arithmetic",
        "",
        "The round of one week, driven at the window by keys alone over an office of 2,000 patients,",
        "in which a week has left something on each page. Counted are the keys, scrolling among them,",
        "and every word on each page, also what is the same each week. Nobody was timed:",
        f"{WORDS_A_MINUTE} words a minute and {SECONDS_A_KEY} s a key. Asking colleagues about what stood"
        " out, and handing",
        f"over what patients ask for, are not in it. The goal is {GOAL_MINUTES} minutes.",
        "",
        "| Page | What is done | Keys | Words | Together |",
        "|---|---|---|---|---|",
        *(
            f"| {each.name} | {each.did} | {each.keys} | {each.words} | {each.seconds / 60:.1f} min |"
            for each in stops
        ),
        f"| All of it | | {keys} | {read} | {minutes(stops):.1f} min |",
        "",
    ]


if __name__ == "__main__":
    sys.stdout.write(document())
