"""What the page of incidents says: the worst day in plain words, and the file of each incident."""

from typing import Final

from carekraft_desktop.domain.breach import Conclusion, State
from carekraft_desktop.domain.breach_clocks import Addressee
from carekraft_desktop.domain.incidents import Containment, Sanction, Secured
from carekraft_desktop.domain.worst_day import Kind, Step
from carekraft_desktop.presenters.words import Words

TITLE: Final = "Something went wrong"
ADVICE: Final = (
    "Choose what happened. The page then says what to do first, one thing after the other. Nobody is"
    " blamed for opening an incident; the clock that counts is the one that starts when somebody"
    " notices."
)
LIST: Final = "Incidents"
LIST_ADVICE: Final = "Nothing in here is ever changed or removed. A correction is a new line."
HEADS: Final = ("What", "Noticed", "How it stands", "Next")
NONE: Final = Words("No incident is on the register", "May it stay so. Practise once in a while.")
NO_RIGHT: Final = Words(
    "Nobody is signed in who may open an incident", "Sign in, then open this page again."
)
OPENED: Final = "Opened by {name}, {at}."
CHOOSE: Final = "What happened?"
KIND: Final[dict[Kind, Words]] = {
    Kind.LOST_MACHINE: Words(
        "A computer is lost or stolen", "A workstation or laptop of the office is not where it was."
    ),
    Kind.PUBLIC_REPLY: Words(
        "A reply told too much", "A public reply says something of a patient."
    ),
    Kind.MISSENT: Words(
        "Something went to the wrong place", "A booking, a paper, a call or a message."
    ),
    Kind.LOOKED: Words(
        "Somebody looked who should not", "A record was opened without a reason, by whoever it was."
    ),
    Kind.MALWARE: Words(
        "Ransom, or a strange program", "Files are locked, or something runs that nobody installed."
    ),
    Kind.TOLD: Words(
        "CareKraft told us of an incident", "It happened on their side; your own clock begins now."
    ),
}
FIRST: Final = "What to do first"
FIRST_ADVICE: Final = "From the top. Press Done when you have; your name and the time are kept."
DONE: Final = "Done"
DONE_BY: Final = "{name}, {at}"
NOW: Final = "Do this now"
STEP: Final[dict[Step, Words]] = {
    Step.STAY_CALM: Words(
        "Note the time, and tell a second person",
        "Two people think better than one. From now on write down what you do. The time of opening"
        " is kept already.",
    ),
    Step.REPORT_LOST: Words(
        "Report the computer lost",
        "Below, under Lost computer: choose it and press Report lost. At its next contact it destroys"
        " its keys, and from now on it gets nothing any more.",
    ),
    Step.SHUT_OUT: Words(
        "Take their way in away for now",
        "Under People who may sign in. This can be given back; what somebody sees meanwhile cannot.",
    ),
    Step.NEW_KEYS: Words(
        "Give this office new keys",
        "Under Access and keys. Old copies then open nothing of what comes from now on.",
    ),
    Step.POLICE: Words(
        "Report it to the police, and note the number",
        "Ask whether you should wait with telling anybody. If so, put that down under Who has to be"
        " told.",
    ),
    Step.TAKE_DOWN: Words(
        "Take the reply down",
        "On the Reviews page: Take down. What stood there is kept here as evidence.",
    ),
    Step.KEEP_EVIDENCE: Words(
        "Keep what shows what happened",
        "The paper, the message with its address, a photograph of the screen. Delete nothing.",
    ),
    Step.CALL_BACK: Words(
        "Call whoever received it",
        "Ask them not to read it, to send it back or destroy it, and to say so in writing.",
    ),
    Step.UNPLUG: Words(
        "Take the computer off the network",
        "Pull the cable, switch off its wireless. Do not switch the computer off: what shows what"
        " happened is in its memory.",
    ),
    Step.DO_NOT_PAY: Words(
        "Pay nobody, answer nobody",
        "A ransom brings nothing back for certain. The backups do; they are under Settings.",
    ),
    Step.SECURITY: Words(
        "Call the person responsible for security", "Their name is under Policies and officials."
    ),
    Step.OFFICER: Words(
        "Tell the privacy officer",
        "They see this incident on their next look. Call them anyway: the clock is theirs.",
    ),
    Step.WHO: Words(
        "Put down whose data it is about",
        "As far as you know it by now. Where it could be everybody, say everybody.",
    ),
    Step.ASSESS: Words(
        "Assess it: was it a breach?",
        "It counts as one until four questions are answered and a second person has signed.",
    ),
    Step.TELL_CAREKRAFT: Words(
        "Tell CareKraft that there is an incident",
        "Press the button below. It sends the kind and the day, and nothing of a patient.",
    ),
    Step.READ_NOTICE: Words(
        "Read what CareKraft says",
        "Put down below what it says: what happened, when, and which classes of data.",
    ),
    Step.ASK_CAREKRAFT: Words(
        "Ask CareKraft for the list of people",
        "They know whose data it was. Ask for it in writing, with a day by which you need it.",
    ),
    Step.SILENCE: Words(
        "Do not explain it in public",
        "No second reply, no message to the reviewer. An apology in public confirms a patient.",
    ),
    Step.CHANGE_PASSWORDS: Words(
        "New passwords for whoever worked there",
        "Under People who may sign in. Also for e-mail and the practice system.",
    ),
    Step.LOOK_AT_JOURNAL: Words(
        "Read what the journal says",
        "Filter by the person. Note the first and the last entry that belong to it.",
    ),
    Step.TALK: Words(
        "Talk to the person",
        "Hear the reason before anything is decided. There often is a good one.",
    ),
}
"""What each step says, and how it is done."""

STATE: Final[dict[State, str]] = {
    State.PRESUMED: "Presumed a breach",
    State.WAITS: "Waits for a second signature",
    State.LOW: "Low probability",
    State.EXCEPTION: "An exception",
    State.BREACH: "A breach",
}
CLOSED: Final = "Closed"
OVERDUE: Final = "Overdue since {day}"
NEXT: Final = "{who} by {day}"
NEXT_STEP: Final = "Next: {step}"

KNOWN: Final = "What is known"
WHAT: Final = Words("What happened", "In a sentence or two. It stays in the encrypted store.")
WHO: Final = Words("Who was involved", "")
SYSTEMS: Final = Words("Which computers or programs", "")
NOTICED: Final = Words(
    "Noticed on",
    "The first day on which somebody knew, or would have known with care. Year-month-day.",
)
OCCURRED: Final = Words("Happened on", "As far as is known. Year-month-day.")
CLASSES: Final = "Which data"
SECURED: Final = "Could it be read?"
CONTAINMENT: Final = "What stopped it"
JOURNAL: Final = Words("Entries of the journal", "First and last, such as 120-188.")
INDIVIDUALS: Final = Words("How many people", "Where they cannot be named one by one.")
RESIDENTS: Final = Words("Who live in", "State and number, such as NY 501, CO 12.")
EVERYBODY: Final = "Everybody on this computer"
PATIENTS: Final = "{count} of this office's patients are on the list."
SAVE: Final = "Put this down"
SAVED: Final = "Put down. What was there before stays in the file."
CLASS: Final[dict[str, str]] = {
    "contact": "Contact",
    "demographic": "About the person",
    "insurance": "Insurance",
    "medical": "Medical",
    "other": "Something else",
}
SECURED_IS: Final[dict[str, str]] = {
    "": "Not said yet",
    Secured.YES: "No: it was encrypted, and the key was not with it",
    Secured.NO: "Yes: it could be read",
    Secured.NOT_KNOWN: "Not known",
}
CONTAINED: Final[dict[str, str]] = {
    "": "Not said yet",
    Containment.NONE: "Nothing yet",
    Containment.TAKEN_DOWN: "Taken down",
    Containment.LOCKED_OUT: "The person is locked out",
    Containment.MACHINE_REVOKED: "The computer is revoked",
    Containment.CALLED_BACK: "Called back from whoever got it",
    Containment.MACHINE_OFF: "The computer is off the network",
}

ASSESSMENT: Final = "Was it a breach?"
ASSESSMENT_ADVICE: Final = (
    "It counts as one. To show that it was none takes all four answers, each with where its evidence"
    " is, and a second person's signature; or one of three exceptions, signed as well."
)
PUBLIC: Final = (
    "Everybody could read it. So the second and third answer are given, and a low probability"
    " cannot be concluded."
)
FACTOR: Final[dict[str, Words]] = {
    "nature": Words("1. What was it?", "The most telling part of it counts."),
    "recipient": Words("2. Who got it?", ""),
    "viewed": Words("3. Was it seen?", ""),
    "mitigated": Words("4. What was done about it?", ""),
}
LINK: Final = "Evidence: entry of the journal, number of a letter"
CHOICE: Final[dict[str, str]] = {
    "": "Not answered yet",
    "no-identifiers": "Nothing that leads to a person",
    "contact-only": "Names and how to reach them",
    "with-dates": "With birth dates or dates of visits",
    "with-insurance": "With insurance",
    "with-medical": "With reasons of visits or previous providers",
    "colleague": "A colleague",
    "covered-provider": "Another office that has to keep it secret as well",
    "business-partner": "A partner with an agreement",
    "known-person": "Somebody we know",
    "unknown-person": "Somebody we do not know",
    "criminal": "Somebody who meant harm",
    "unlimited-public": "Everybody: it was public",
    "shown-not": "No, and that can be shown",
    "probably-not": "Probably not",
    "assumed-viewed": "We have to assume so",
    "viewed": "Yes",
    "nothing": "Nothing could be done",
    "taken-down": "Taken down",
    "returned": "Returned",
    "written-assurance": "Deleted, with a written assurance",
    "keys-destroyed": "Its keys were destroyed",
}
ASSESS: Final = "Put the answers down"
CONCLUDE: Final = "Conclude"
CONCLUSION: Final[dict[Conclusion, str]] = {
    Conclusion.BREACH: "It was a breach",
    Conclusion.LOW: "Low probability that data was compromised",
    Conclusion.GOOD_FAITH: "Exception: a colleague, in good faith, within their work",
    Conclusion.INADVERTENT: "Exception: between two people who are both authorized",
    Conclusion.NOT_RETAINED: "Exception: whoever got it could not have kept it",
}
SIGN: Final = "I agree: sign as the second person"
SIGN_AS_SECOND: Final = "Sign as the second person (practice)"
WAITS: Final = "Concluded by {name}: {what}. It counts once a second person has signed."

DUTIES: Final = "Who has to be told, and by when"
DUTIES_ADVICE: Final = (
    "Without delay, and at the latest on these days. Days are counted from the day it was noticed."
    " Your state may ask for less; look it up and confirm it here."
)
ADDRESSEE: Final[dict[Addressee, str]] = {
    Addressee.INDIVIDUALS: "The people themselves",
    Addressee.SECRETARY: "The Secretary of Health (HHS)",
    Addressee.MEDIA: "The media in {state}",
}
BY: Final = "by {day}"
YEARLY: Final = "by {day}, with the others of the year"
DELAYED: Final = "by {day}: law enforcement asked to wait"
OF_STATE: Final = "by {day}: the law of {state}"
DAY_OF: Final = "Day {day} since it was noticed"
REMINDER: Final = "Day {day} has come. Who has not been told yet?"
NOTHING_DUE: Final = "Nobody has to be told."
TOLD_WHO: Final = "They were told"
LETTER: Final = "Print the letter"
ENVELOPES: Final = "Print the addresses"
WITHOUT: Final = (
    "{count} without an address: they need another way, such as a notice in the office."
)
STATE_FIELD: Final = Words("State", "Two letters.")
DAYS_FIELD: Final = Words("Days its law allows", "0 takes it back.")
CONFIRM: Final = "Confirm the days of a state"
WAIT_FIELD: Final = Words(
    "Law enforcement asks to wait until", "Empty for a request by word of mouth: 30 days."
)
WAIT: Final = "Put the request down"
TELL: Final = "Tell CareKraft (nothing of a patient)"
TOLD: Final = (
    "CareKraft is told through the outbox: the kind, the day, and how many, in round numbers."
)

VIOLATIONS: Final = "Was a rule broken?"
VIOLATIONS_ADVICE: Final = (
    "Where it is confirmed that somebody broke a rule, what came of it is put down before the"
    " incident is closed. Nothing is an answer, too."
)
VIOLATED: Final = "Confirm that this person broke a rule"
OUTCOME: Final = "Put down what came of it"
SANCTION: Final[dict[str, str]] = {
    "": "Nothing decided yet",
    Sanction.NONE_NEEDED: "Nothing is needed, and why is in the file",
    Sanction.TRAINING: "Training",
    Sanction.WARNING: "A written warning",
    Sanction.ACCESS_LIMITED: "Fewer rights",
    Sanction.SUSPENDED: "Suspended",
    Sanction.DISMISSED: "Dismissed",
}
END: Final = "Bring it to an end"
END_ADVICE: Final = "It stays on the register, for at least six years."
CLOSE: Final = "Close the incident"
EXPORT: Final = "Everything in one signed file"
EXPORTED: Final = "{count} entries written and signed with the key {key}."
OPEN_POINT: Final[dict[str, str]] = {
    "conclusion": "Conclude whether it was a breach.",
    "second": "A second person has to sign the conclusion.",
    "sanction": "Put down what came of each broken rule.",
    "whose": "Put down whose data it is about.",
    "notice-individuals": "The people themselves have not been told.",
    "notice-secretary": "The Secretary has not been told.",
    "notice-media": "The media have not been told.",
}
STILL: Final = "Still open"

DRILL: Final = "Practise"
DRILL_ADVICE: Final = (
    "Goes through everything with an invented incident. It is kept apart, nobody is contacted, and"
    " you can let days pass."
)
DRILL_BANNER: Final = Words(
    "PRACTICE. Nothing of this is real.",
    "Nobody is contacted, no clock of the office runs, and it is gone when you end it.",
)
DRILL_DAYS: Final = "Day {day} of the practice"
FORWARD: Final = "Let 15 days pass"
DRILL_END: Final = "End the practice"
DRILL_ENDED: Final = "The practice is over; that there was one is in the journal."

LOST: Final = "Lost computer"
LOST_ADVICE: Final = (
    "Choose the computer that is missing. It is told at its next contact to destroy its keys; what"
    " its last signed word says is kept as evidence."
)
LOST_GO: Final = "Report lost"
LOST_HEADS: Final = ("Computer", "Last word", "Then it was")
LOST_NONE: Final = "No other computer of this office has reported here yet."
LOST_SAID: Final = "Reported lost. Its evidence is with this incident."
MACHINE: Final[dict[str, str]] = {
    "open": "open, with somebody at work",
    "covered": "covered, its keys in memory",
    "closed": "locked, its keys wiped",
}
CANDIDATE: Final = (
    "Its data was encrypted and its keys were not in memory: a candidate for safe harbour. That is"
    " concluded by two people, not by the program."
)
PRESUMED: Final = "Presumed a breach until two people conclude otherwise."
CHOOSE_ONE: Final = Words("Choose the computer first", "The one that is missing, in the list.")
ASK_FIRST: Final = Words(
    "Answer the questions first",
    "They decide whether this is a candidate for safe harbour. Not known is an answer, too.",
)

LETTER_TITLE: Final = "Notice about your information"
LETTER_HEADS: Final = ("About", "What we have to tell you")
PART: Final = (
    "What happened",
    "Which information",
    "What you can do",
    "What we are doing",
    "How to reach us",
)
"""The five parts of 45 CFR 164.404(c)."""
HAPPENED: Final = "On {day} we noticed the following: {what}. {when}"
HAPPENED_WHEN: Final = "It happened on {day}."
HAPPENED_UNKNOWN: Final = "We do not know yet when it happened."
INFORMATION: Final = "It was about: {classes}."
YOU_CAN: Final = (
    "Read letters from your insurance and bills with care, and call us if something is not yours."
    " Where insurance numbers were concerned, ask your insurer for a list of what was paid for you."
)
WE_DO: Final = "We have put an end to it ({containment}) and look into how to prevent it."
CONTACT: Final = "{office}, telephone {phone}. Ask for {name}, who answers for privacy here."
ENVELOPES_TITLE: Final = "Addresses"
ENVELOPES_HEADS: Final = ("Name", "Address")
BANNER: Final = Words(
    "An incident is open",
    "Day {day} since it was noticed. Open it under Settings, Something went wrong, or with Ctrl+K.",
)
TRIED: Final = Words(
    "Five passwords in ten minutes did not fit at {name}",
    "Ask who was there. That computer's journal names the sign-in, and who tried comes in no"
    " message.",
)
TRIED_HERE: Final = "this computer"
TRIED_ALERT: Final = "Five passwords in ten minutes did not fit. Tell the privacy officer."
PRINTED: Final = "Printed by {name}, {at}"
SOMEBODY: Final = "Somebody who is no longer here"
PROGRAM: Final = "The program"
NOBODY: Final = "Nobody in particular"
NO_PRINTER: Final = "No printer is set up on this computer."
BACK_TO_LIST: Final = "All incidents"


def journal_behind(here: int, known: int) -> str:
    """What the exchange remembers of the journal, and what is here."""
    return (
        f"The exchange remembers {known:,} entries of this workstation's journal, and here are"
        f" {here:,}, or others. Its files may have been set back. Prove the journal, ask who had"
        " this computer, and keep a copy of the folder before anything else."
    )
