"""Words by which whoever is named is told from whoever is greeted, and an office from a person."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words("mr mrs ms miss mx mister")
"""Before a surname; "Dr." is another matter, since most of those are of the office."""
DEGREES = _words(
    """
    md dds dmd dpm dvm dpt dc od phd psyd rn lpn lcsw lmft lpc lmhc pharmd rdh esq mph msw
    cnm fnp dnp crna crnp otr facs facp facc facog faap faafp
    """
)
"""What stands behind the name of somebody of the office."""
OFFICES = _words(
    """
    manager director administrator officer advocate coordinator owner supervisor lead leader
    head chief liaison specialist representative biller receptionist counselor therapist
    hygienist nurse assistant technician tech phlebotomist pharmacist instructor interpreter
    aide volunteer chaplain clerk scheduler worker ombudsman official chef guard pa janitor
    custodian cook driver gardener teacher np midwife doula optician optometrist audiologist
    dietitian nutritionist psychologist physician doctor dentist surgeon anesthesiologist
    sonographer esthetician navigator operator greeter bookkeeper secretary intern partner
    founder president vp ceo cfo coo cmo
    """
)
"""Whoever holds one of these is of the office."""
WORKS = _words(
    """
    runs works worked answers explains leads teaches joined handles trains retires
    volunteers designed keeps greets manages owns founded
    """
)
"""What is said of somebody of the office."""
CONTACT = _words("ask asking contact email")
"""Whoever can be asked for is of the office too."""
GREETINGS = _words("hi hello hey dear thanks you sorry")
"""Before whoever is greeted or thanked: "hi", "thank you"."""
TURNS = _words(
    """
    we we're i i'm you your thank thanks please our it this that sorry what how if so glad
    """
)
"""How a sentence goes on after whoever is called by name."""
FAREWELLS = _words("regards sincerely warmly gratefully respectfully cordially truly faithfully")
"""The last word before the writer's name."""
CALL = _words("call ring text dial reach contact us me")
"""How the office asks to be reached."""
REACHED = _words("called texted mailed emailed sent faxed")
"""What was done to reach somebody."""
VOICEMAIL = _words("voicemail voicemails message messages")
"""Where somebody was reached."""
CALLS = _words(
    """
    wow ouch oops aww whoa bravo phew yay merci ugh yikes hmm argh meh oof hello welp haha
    yesss yayyy woohoo yup nope sheesh yeah nah
    """
)
"""Short cries that begin with a capital and are nobody."""
ACRONYMS = _words(
    """
    rsv bmi glp cpap bipap emr ehr hmo ppo aca cdc fda ekg ecg emg eeg iud ivf ldl hdl ada
    asl cbc uti covid hsa fsa cpr
    """
)
"""Capitals that are nobody's; any others may be a name that somebody shouts."""
DAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
"""Several of them ("Tuesdays") are in no list of words."""
LITTLE = _words("the of and a an i is in at my to me you not on for so it was no very")
"""Ordinary words in a display name ("Quiet Reader of Books"), which are no part of it."""
