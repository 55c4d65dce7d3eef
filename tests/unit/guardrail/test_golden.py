"""The golden cases and safe templates of the compliance baseline, and one case per category."""

import pytest

from carekraft_desktop.guardrail.checker import Checker, PublicContext
from carekraft_desktop.guardrail.rules import CATEGORIES, Severity
from carekraft_desktop.guardrail.templates import TEMPLATES, offered

B, R, M, P = Severity.BLOCK, Severity.REVIEW, Severity.REMIND, Severity.PASS

GOLDEN = [
    ("JT is really Jordan Tamsin, who came twice since autumn.", "", B, {"RV-01", "RV-04"}),
    ("He skipped the booked slots after his insurer approved the plan.", "", B, {"RV-04", "RV-07"}),
    ("You arrived as an emergency with pain in the lower jaw.", "", B, {"RV-04", "RV-05"}),
    ("We sent you to a colleague for a root canal.", "", B, {"RV-06"}),
    ("Someone of that intelligence should stick to manual work.", "", B, {"RV-10"}),
    ("Your anxiety medicine was adjusted exactly as your diagnosis requires.", "", B,
     {"RV-05", "RV-06"}),
    ("Thank you for trusting us with your care!", "", B, {"RV-02"}),
    ("So glad you love your new crowns!", "Great dentist", B, {"RV-06"}),
    ("Glad the crowns worked out!", "They made two crowns for me.", B, {"RV-06", "RV-08"}),
    ("You have never been a patient of this office.", "", B, {"RV-03"}),
    ("We have no record of you; call us so we can look you up.", "", B, {"RV-03"}),
    ("We cannot discuss your treatment because of HIPAA.", "", B, {"RV-02"}),
    ("Privacy rules keep us from discussing any individual, or whether anyone is a patient. "
     "Please call our office manager.", "", P, set()),
    ("Thank you for the feedback. We take all comments seriously; please call us.", "", P, set()),
    ("Our policy is to ask everyone for 24 hours' notice of changes.", "", P, set()),
    ("As our policy says, and as you know after two missed visits...", "", B, {"RV-04"}),
    ("We are sorry you had a bad experience.", "", R, {"RV-02"}),
    ("Remove this within 24 hours or our attorney will file.", "", B, {"RV-14"}),
    ("Your daughter was difficult in the chair.", "", B, {"RV-10", "RV-11"}),
    ("Reply with your name and birthday and we will check.", "", B, {"RV-15"}),
    ("Post a photo of the tooth here and we will advise.", "", B, {"RV-15", "RV-16"}),
    ("Thanks, MapleFan22.", "", M, {"RV-01"}),
    ("Thanks, Maple!", "", M, {"RV-01"}),
    ("We refunded you in full.", "", B, {"RV-07"}),
    ("That is not what happened.", "", R, {"RV-09"}),
    ("Hypothetically, someone like you who refused the numbing shot might feel that.", "", B,
     {"RV-06"}),
    ("Su corona quedo perfecta, gracias.", "", B, {"RV-06"}),
    ("The r00t c@nal went fine.", "", B, {"RV-06"}),
    ("We treat hundreds of happy patients and want you to be one of them.", "", R, {"RV-02"}),
]  # fmt: skip

HANDLES = ["", "MapleFan22", "J. T.", "concernedmom", "Dr. Angry", "Anna-Lena Øst", "你好", "x"]
PROFILES = [
    ((), ()),
    (("(303) 555-0100",), ("Dana Reyes",)),
    (("555-0144", "555-0145"), ("Dr. Xu", "Okonkwo Adeyemi")),
    (("+1 303 555 0133",), ("José Núñez",)),
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.shipped()


@pytest.mark.parametrize(("reply", "review", "severity", "categories"), GOLDEN)
def test_a_golden_case_gets_its_verdict(
    checker: Checker, reply: str, review: str, severity: Severity, categories: set[str]
) -> None:
    verdict = checker.check(reply, PublicContext(reviewer="MapleFan22", review=review))
    assert verdict.severity is severity, verdict.findings
    assert categories <= {each.category for each in verdict.findings}


@pytest.mark.parametrize("handle", HANDLES)
@pytest.mark.parametrize(("phones", "staff"), PROFILES)
def test_every_template_passes_for_every_handle_and_profile(
    checker: Checker, handle: str, phones: tuple[str, ...], staff: tuple[str, ...]
) -> None:
    context = PublicContext(reviewer=handle, phones=phones, staff=staff)
    for reply in offered(phones=phones, staff=staff):
        assert checker.check(reply, context).severity <= Severity.REMIND, (reply, handle)


def test_templates_that_speak_of_what_the_profile_lacks_are_not_offered() -> None:
    assert len(offered(phones=[], staff=[])) < len(TEMPLATES)
    assert len(offered(phones=["555-0100"], staff=["Dana Reyes"])) == len(TEMPLATES)
    with pytest.raises(ValueError, match="privacy"):
        next(each for each in TEMPLATES if each.name == "privacy").filled()


ONE_EACH = {
    "RV-01": "Ms. Halloran, thank you.",
    "RV-02": "You have been a wonderful patient.",
    "RV-03": "You were never seen at our office, and there is no record of you.",
    "RV-04": "You missed your appointment.",
    "RV-05": "Your infection was already there.",
    "RV-06": "We prescribed you antibiotics.",
    "RV-07": "You still owe a copay.",
    "RV-09": "There are two sides to this.",
    "RV-10": "You were rude to our nurse.",
    "RV-11": "Your son was brave.",
    "RV-12": "The only twins in the third grade, who could that be.",
    "RV-13": "See the photo at www.example.net/photo.",
    "RV-14": "Our attorney will contact you.",
    "RV-15": "Reply with your full name here.",
    "RV-16": "Come back in and we will fix it.",
}


@pytest.mark.parametrize(("category", "reply"), ONE_EACH.items())
def test_each_category_is_found(checker: Checker, category: str, reply: str) -> None:
    verdict = checker.check(reply, PublicContext())
    assert verdict.severity >= Severity.REVIEW
    assert category in {each.category for each in verdict.findings}


def test_reminders_are_short_and_say_what_to_do_next() -> None:
    for each in CATEGORIES.values():
        assert len(each.reminder) < 200
        assert each.next_step.endswith(".")
