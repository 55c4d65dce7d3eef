"""The table of `docs/requirements.md`: each requirement, the tests that prove it, and its state.

Requirements are those of the HIPAA rules as behaviour, and of scheduling-only referrals. A test
says which it proves by `@pytest.mark.req("REQ-nn")`. What no test proves is said to be open.

python -m tests.requirements > docs/requirements.md
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Proof(NamedTuple):
    """One test."""

    file: str
    name: str


WORDS: dict[str, str] = {
    "REQ-01": "Each person has a name and id of their own; no shared ones, none given twice",
    "REQ-02": "Nothing is allowed by default; a right is asked below the screens",
    "REQ-03": "Lists show name, time and status; the rest is covered until revealed",
    "REQ-04": "It locks by itself after at most 15 minutes, and nothing of a patient stays visible",
    "REQ-05": "Only a person's own input keeps it awake",
    "REQ-06": "A lock closes the store and overwrites the keys; so do sleep and the system's lock",
    "REQ-07": "Nothing readable of a patient lies on the disk",
    "REQ-08": "The store is SQLCipher, proved at every opening; a plain file is refused",
    "REQ-09": "A random data key, wrapped for each person by password and keyring together",
    "REQ-10": "How the encryption stands can be read; FIPS is not asserted",
    "REQ-11": "Who did what is journalled",
    "REQ-12": "Every row that was painted is journalled",
    "REQ-13": "The journal holds ids and codes, no value of a patient",
    "REQ-14": "A journal that was altered, cut or set back is found, and the first bad entry named",
    "REQ-15": "What cannot be journalled is not shown and not sent",
    "REQ-16": "A signed copy of the journal that anybody can check",
    "REQ-17": "A damaged page keeps the store shut; edits keep the old value",
    "REQ-18": "Signing in needs the person; there is no way round it",
    "REQ-19": "The password once more before what reaches far",
    "REQ-20": "Only TLS with checked certificates; no way down from it",
    "REQ-21": "Emergency access, and the recovery key on paper",
    "REQ-22": "A weekly review, signed, overdue shown",
    "REQ-23": "Officials and policies are named before replies are written",
    "REQ-24": "Somebody who leaves is shut out; access is reviewed each quarter",
    "REQ-25": "Training and policies are attested before anything is seen",
    "REQ-26": "The last sign-in and failures since are shown; many alert the officer",
    "REQ-27": "Incidents and what was done about them are on a register",
    "REQ-28": "Backup, restore, and a drill of it",
    "REQ-29": "One report of how the installation stands, without a patient's data",
    "REQ-30": "Papers are kept six years; removing them earlier is refused",
    "REQ-31": "What was in force on a day is exactly one version",
    "REQ-32": "The journal is kept six years and stays provable",
    "REQ-33": "Passwords by length, without composition games",
    "REQ-34": "Two factors; fifteen characters where there is one",
    "REQ-35": "Failed sign-ins cost growing waits that survive restarts and clock games",
    "REQ-36": "No referral without the recorded agreement",
    "REQ-37": "What comes in is proved, and what cannot be read is set aside",
    "REQ-38": "Nothing is sent anywhere but to the destinations that are listed",
    "REQ-39": "Who outside was told what, six years back, with what should not have happened",
    "REQ-40": "Amendments, denied for four reasons only; a disagreement stays attached",
    "REQ-41": "A patient gets everything that is held, readable and as data",
    "REQ-42": "An authorization is whole, in force and for this recipient, or it is none",
    "REQ-44": "Who acts for a patient, how far and until when; never who may endanger",
    "REQ-45": "Another number or address wins everywhere; a plan is not told what was paid in full",
    "REQ-46": "Replies need policies on file",
    "REQ-50": "A stopped reply is released by another person with the officer's role only",
    "REQ-51": "The checker never reads patients' records, and no patient shows beside an open reply",
    "REQ-61": "A referral's bytes are of the closed form at three places",
    "REQ-62": "The set of keys of a referral is that of its schema",
    "REQ-63": "Nothing that came in goes out but what the list names",
    "REQ-64": "No free text in a referral",
    "REQ-65": "What is shown is what is sent, byte for byte",
    "REQ-66": "Every reason why a permission does not cover it",
    "REQ-67": "A permission is known to hold within fifteen minutes before sending",
    "REQ-68": "A withdrawn permission ends what is not confirmed",
    "REQ-69": "A permission is used by its office, for its patient, and no more often than it says",
    "REQ-71": "A minor is booked by a guardian, whose contact alone is sent",
    "REQ-72": "At the midnight of the 18th birthday a guardian's permission ends",
    "REQ-74": "Whoever is under 18 and has no guardian is held, and told by a code alone",
    "REQ-75": "A program under 42 CFR 2 makes no referrals",
    "REQ-76": "What a patient restricted is kept to before a referral is shown",
    "REQ-77": "Every step of a referral is journalled without a value",
    "REQ-78": "A row in the accounting for each referral",
    "REQ-79": "Attendance never comes back; answers are closed codes",
    "REQ-80": "The patient gets the copy of what was sent, with a link that takes it back",
    "REQ-81": "Each record has a class, a clock and a day; a night's disposal with a record",
    "REQ-82": "Nothing is destroyed before its day, whoever asks",
    "REQ-83": "A hold beats every destruction, and nothing goes in the run of its release",
    "REQ-84": "A withdrawn share is ended by rule: erased, kept out of sight, or partly both",
    "REQ-85": "What is kept by law is out of every list and use; the officer alone sees it",
    "REQ-86": "The exchange is told a code and a month, never of a hold",
    "REQ-87": "What was erased does not come back, by a late page, a resync or a restore",
    "REQ-88": "A key for each patient, destroyed with the record",
    "REQ-89": "Key wraps in a file of their own, on a short rotation of its own",
    "REQ-90": "What is handed out is an encrypted file for a purpose and a recipient, with the least",
    "REQ-91": "Paper carries the least, and for many patients the password is asked for",
    "REQ-92": "Copying is off until the officer wants it; a copy stays out of histories and is taken away",
    "REQ-93": "Windows stay out of pictures of the screen where the system offers it",
    "REQ-95": "Backups that are tried, and a restore that shows nothing withdrawn",
    "REQ-94": "Titles, notifications and files hold nothing of a patient",
    "REQ-96": "A lost workstation: its last signed word, its keys destroyed, fourteen days at most",
    "REQ-97": "Somebody who leaves loses every way in, and the store gets another key",
    "REQ-98": "A workstation ends with a signed certificate, and not while something is only there",
    "REQ-99": "A register of incidents that only grows",
    "REQ-100": "Presumed a breach until four factors and two people say otherwise",
    "REQ-101": "What the kind of an incident decides by itself",
    "REQ-102": "Who is told by when: two counts of five hundred, the year, the states, the police",
    "REQ-103": "A notice in five parts that names nobody",
    "REQ-104": "Everything about an incident in one signed file; CareKraft's own have a clock of theirs",
    "REQ-105": "An exercise in a store of its own that contacts nobody",
}
"""Each requirement in a few words."""

PARTLY: dict[str, str] = {
    "REQ-06": "copies that Python made may stay in memory until the process ends",
    "REQ-14": "files that were all set back are found at the next contact with the exchange, and not"
    " before; whoever holds the key is not found",
    "REQ-17": "nobody edits records here: they change by the exchange's word; a store above 32 MB is"
    " looked through in the first minute after it was opened and not before",
    "REQ-26": "at once; of a closed computer without a keyring or a network the others learn it with"
    " the next sign-in",
    "REQ-93": "the marks were read back from a stand-in; no Windows was at hand",
    "REQ-96": "the machine's state is its own word; a machine that lost its network while open counts"
    " as open",
    "REQ-97": "what was taken along at other workstations is told in numbers, once somebody signs in"
    " there",
    "REQ-98": "the page and the command offer it; there is no installer yet whose removal would call it",
}
"""What a test proves is not all of it: what is missing."""

OPEN: dict[str, str] = {
    "REQ-88": "decided against: rows go with the pages they lay on, backups within 35 days"
    " (decision 83)",
    "REQ-89": "decided against together with REQ-88: no key of a patient is in a backup, since there"
    " is none; what was withdrawn goes with the backups, within 35 days (decision 83)",
}
"""No test proves it, and this is why."""


def proofs() -> dict[str, list[Proof]]:
    """The tests of each requirement, by its number."""
    found: dict[str, list[Proof]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        file = path.relative_to(ROOT).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in _numbers(node):
                    found.setdefault(number, []).append(Proof(file, node.name))
    return {number: sorted(tests) for number, tests in sorted(found.items())}


def _numbers(node: ast.FunctionDef) -> Iterator[str]:
    for decorator in node.decorator_list:
        if not isinstance(decorator, ast.Call) or ast.unparse(decorator.func) != "pytest.mark.req":
            continue
        for argument in decorator.args:
            if isinstance(argument, ast.Constant):
                yield str(argument.value)


def state(number: str, tests: list[Proof]) -> str:
    """Proved, partly, or open with the reason."""
    if not tests:
        return f"**open**: {OPEN.get(number, 'no test here proves it')}"
    missing = PARTLY.get(number)
    return f"partly: {missing}" if missing else "proved"


def document() -> str:
    """The whole file."""
    found = proofs()
    lines = [
        "# Requirements, and what proves them",
        "",
        "The numbers are those of our own list of what the HIPAA rules and the promise of"
        " scheduling-only",
        "referrals ask of the program. A requirement is *proved* when a test that carries its number"
        " is part of",
        "the suite; *partly* says what is missing; **open** is not met, or not shown. This is an"
        " engineering",
        "record, not legal advice.",
        "",
        "| Requirement | Asks | State | Tests |",
        "|---|---|---|---|",
    ]
    for number, words in WORDS.items():
        tests = found.get(number, [])
        shown = "; ".join(
            f"`{each.file.removeprefix('tests/')}`: {each.name.removeprefix('test_').replace('_', ' ')}"
            for each in tests
        )
        lines.append(f"| {number} | {words} | {state(number, tests)} | {shown} |")
    lines += ["", "Made by `python -m tests.requirements`.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(document())
