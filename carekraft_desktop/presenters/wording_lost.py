"""What is asked about a lost computer, and what stands against safe harbour (REQ-96)."""

from typing import Final

from carekraft_desktop.domain.machines import Against, Answer, LastSeen

TITLE: Final = "What you know of it"
ADVICE: Final = (
    "The answers go into the evidence. What nobody knows counts against it, since the office has to"
    " show that it was no breach."
)
NOT_SAID: Final = "Not answered yet"
ANSWER: Final[dict[Answer, str]] = {
    Answer.NO: "No",
    Answer.YES: "Yes",
    Answer.NOT_KNOWN: "Not known",
}
SEEN: Final[dict[LastSeen, str]] = {
    LastSeen.CLOSED: "Locked, or switched off",
    LastSeen.COVERED: "With its screen covered",
    LastSeen.OPEN: "Open, with patients on the screen",
    LastSeen.NOT_KNOWN: "Not known",
}
QUESTIONS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "password_with_it": (
        "Did a password lie with it, on a note or in the bag?",
        {each.value: said for each, said in ANSWER.items()},
    ),
    "shared_sign_in": (
        "Did several people come in there with one sign-in?",
        {each.value: said for each, said in ANSWER.items()},
    ),
    "code_with_it": (
        "Was the workstation code on paper with it?",
        {each.value: said for each, said in ANSWER.items()},
    ),
    "last_seen": (
        "How was it when somebody saw it last?",
        {each.value: said for each, said in SEEN.items()},
    ),
}
"""Each question with its answers, by the name of what it asks."""
AGAINST: Final[dict[Against, str]] = {
    Against.NO_SIGNED_WORD: "It never said, signed, how it stood.",
    Against.KEY_IN_MEMORY: "By its last word its keys were in memory.",
    Against.PASSWORD_WITH_IT: "A password lay with it, or nobody knows.",
    Against.SHARED_SIGN_IN: "A sign-in was shared, or nobody knows.",
    Against.CODE_WITH_IT: "The code on paper was with it, or nobody knows.",
    Against.SEEN_OPEN: "It was seen open, or only covered.",
}
