"""What may not stand in a public reply: the categories, their reminders, and the rules as data.

A rule names a grammatical pattern over word classes, never a sentence. Patterns are matched
word by word without regular expressions: each has at most a handful of elements and bounded
gaps, so the work for a sentence is bounded by its length.

The language of a pattern, element by element: `we` a word, `PROC` a class of `classes.txt`,
`MED` a body part, condition, procedure or drug that means nothing else, `a|b` either, `?x`
perhaps x, `..3` up to three words of any kind, `NUM` a number, `^` the start of the sentence,
`$` its end.
"""

from enum import IntEnum, StrEnum

from carekraft_desktop.value import Value


class Severity(IntEnum):
    """What must happen before a text may be posted."""

    PASS = 0
    REMIND = 1
    """The author acknowledges."""
    REVIEW = 2
    """A second person approves."""
    BLOCK = 3
    """It cannot be posted."""


class Label(StrEnum):
    """The plain names of the kinds of disclosure, as in a labelled corpus."""

    RELATIONSHIP = "confirms_relationship"
    VISIT = "visit_detail"
    CONDITION = "condition_treatment"
    IDENTIFIER = "identifier"
    MONEY = "billing_insurance"
    OTHERS = "third_party"
    OPINION = "staff_or_care_opinion_on_patient"
    RECORD = "record_reference"
    RETALIATION = "retaliatory"
    INVITES = "invites_public_disclosure"


class Category(Value, frozen=True):
    """A kind of violation, with what the author is told (REQ-60)."""

    code: str
    """`RV-01` to `RV-16`; `UNPROVED` for words that the checker does not know; `CHECK` when it
    could not do its work."""
    reminder: str
    next_step: str


CATEGORIES: dict[str, Category] = {
    each.code: each
    for each in (
        Category("CHECK", "This text could not be checked, so it cannot be posted.",
                 "Shorten it or start again; if this stays, ask your administrator."),
        Category("UNPROVED", "Nothing shows that this sentence is harmless.",
                 "Say it in plain English, about the office."),
        Category("RV-01", "This names or points to a person. The reviewer chose how to appear; "
                 "a reply must not add to it.", "Use no name, or the display name as shown."),
        Category("RV-02", "Even a thank-you can confirm that someone was seen here.",
                 "Speak about the office, not about their visit."),
        Category("RV-03", "Saying that someone is not a patient is patient information too.",
                 "Say that you never confirm or deny it for anyone."),
        Category("RV-04", "Dates, waits and missed visits of a person are protected.",
                 "State the general policy or leave it out."),
        Category("RV-05", "This describes someone's health, even if they wrote it first.",
                 "Remove it; invite a private call."),
        Category("RV-06", "Care that was given, offered or refused cannot be discussed here.",
                 "Offer a private conversation instead."),
        Category("RV-07", "Bills and insurance are protected information too.",
                 "Invite a call to the billing line."),
        Category("RV-08", "They may share it; you may not. Repeating it confirms it.",
                 "Say \"this concern\" and leave the fact out."),
        Category("RV-09", "Setting the record straight in public usually discloses more.",
                 "Use the platform's dispute form."),
        Category("RV-10", "Remarks on how someone behaved are disclosures and inflame matters.",
                 "Delete this part."),
        Category("RV-11", "This touches someone who did not write the review.",
                 "Leave every other person out."),
        Category("RV-12", "Small details can identify a person. Would a neighbour know who it is?",
                 "Leave the detail out."),
        Category("RV-13", "Files, pictures and links cannot go into a public reply.",
                 "Name the office's own site or phone instead."),
        Category("RV-14", "Pressing a reviewer can break review rules and the ban on retaliation.",
                 "Take advice offline; thank or stay silent here."),
        Category("RV-15", "Never ask for personal details in public or by an open message.",
                 "Give the office's phone number and stop."),
        Category("RV-16", "Advice in public looks like treatment of this person.",
                 "Invite a call instead."),
    )
}  # fmt: skip

LABEL_OF: dict[str, Label] = {
    "UNPROVED": Label.RELATIONSHIP,
    "RV-01": Label.IDENTIFIER, "RV-02": Label.RELATIONSHIP, "RV-03": Label.RELATIONSHIP,
    "RV-04": Label.VISIT, "RV-05": Label.CONDITION, "RV-06": Label.CONDITION,
    "RV-07": Label.MONEY, "RV-08": Label.CONDITION, "RV-09": Label.OPINION,
    "RV-10": Label.OPINION, "RV-11": Label.OTHERS, "RV-12": Label.IDENTIFIER,
    "RV-13": Label.IDENTIFIER, "RV-14": Label.RETALIATION, "RV-15": Label.INVITES,
    "RV-16": Label.CONDITION,
}  # fmt: skip
CATEGORY_OF: dict[Label, str] = {
    Label.RELATIONSHIP: "RV-02", Label.VISIT: "RV-04", Label.CONDITION: "RV-05",
    Label.IDENTIFIER: "RV-12", Label.MONEY: "RV-07", Label.OTHERS: "RV-11",
    Label.OPINION: "RV-10", Label.RECORD: "RV-02", Label.RETALIATION: "RV-14",
    Label.INVITES: "RV-15",
}  # fmt: skip


class Rule(Value, frozen=True):
    """Patterns that name one kind of disclosure."""

    category: str
    severity: Severity
    patterns: tuple[str, ...]
    label: Label | None = None
    """Where the corpus has another name for it than `LABEL_OF` says."""
    unless: tuple[str, ...] = ()
    """Patterns that show another meaning; where one is found, the rule is silent."""
    may_be_negated: bool = False
    """Whether "never", "do not" and the like just before turn it into its opposite."""
    firm: bool = False
    """Whether it also holds in a sentence about anybody ("if you ...", "whether anyone ...")."""


_B, _R = Severity.BLOCK, Severity.REVIEW

RULES: tuple[Rule, ...] = (
    # ---- RV-01: somebody's identity
    Rule("RV-01", _B, ("is really", "real name is", "ssn", "mrn", "IDWORD is|was ..2 NUM"), firm=True,
         unless=("our ..2 IDWORD",)),
    # ---- RV-02: the relationship, in so many words
    Rule("RV-02", _B, (
        "WE ?have|had|also|all|first|just|last|only|personally CAREPAST YOU",
        "CAREPAST YOU here|there|again|twice|once|ourselves",
        "when|since|after|before|while YOU came|were|arrived|called|visited|left|called|first|last",
        "treating|seeing YOU ..2 AGO|DAY|NUM|here",
        "treating|examining|diagnosing YOU",
        "WE ..3 taking|take|took care of YOU",
        "WE|loved|enjoy|enjoyed|love|pleasure|honor|privilege|been ..2 caring for YOU|your",
        "YOU|YOUARE ..3 our|my|a|valued|an|of ?REL|valued|great|favorite|wonderful PATIENT",
        "as ?one of ?our|my|a|an|your|valued ?REL|doctor|physician|dentist|therapist PATIENT|doctor|physician|dentist|therapist|provider",
        "being ..3 PATIENT", "having YOU as", "PATIENT of ours|mine", "one of our ..2 PATIENT",
        "your care|treatment|treatments|chart|medical|procedure|prescription|diagnosis",
        "your ..1 care|treatment|appointment|appointments|case|procedure",
        "trust|trusting|trusted|choosing us|our ?team|office|practice with|for your",
        "with your care|health|teeth|smile|treatment|recovery",
        "welcome YOU back", "have YOU back",
        "YOU ..2 in our|my care|chair|office|clinic|practice",
        "discharged|dismissed|terminated|fired|released YOU", "YOU first ..3 here|us",
    ), unless=("if|whether|once YOU are|become ?already|still a|our|an PATIENT", "if|whether YOUARE a|our|an PATIENT")),
    Rule("RV-02", _B, (
        "your|the|YOU ..1 chart|records|record|file|notes|films|history ..2 show|shows|showed|says|say|said|indicate|indicates|reflect|reflects|state|states|documents|confirms",
        "your chart|records|record|file|files|x-ray|x-rays|films|notes|labs|results|scan|scans|test|account|paperwork|forms",
        "WE|I ..2 looked|checked|reviewed|pulled|looking|searched|reviewing|pull ..3 chart|charts|records|file|notes|account|films|history|x-rays|footage",
        "our|my REC|records|notes|chart|logs show|shows|indicate|reflect|say|have",
        "according to our|my|the ..1 REC", "in your REC", "on file for you", "have on file", "in the chart|file|record",
    ), label=Label.RECORD),
    Rule("RV-02", _R, (
        "your ..2 visit|visits|experience|stay|encounter|exam", "your ..1 time|patience with|here|at",
        "see YOU ?again|soon|next|back|there|then|for|at|on|in", "seeing YOU|your", "serve|serving|served|help|helped|helping|assist|treat|treated YOU",
        "thank|thanks|THANKS ..3 choosing|visiting|trusting|picking us|our|the", "chose|choose us|our",
        "THANKS ..3 coming|stopping|visiting", "your business|loyalty|trust|continued",
        "YOU had|have|received|got a|an|such ..2 experience|visit|time|impression",
        "YOU to be one of", "YOUR next|last|first|recent|previous|upcoming ..2 $",
        "meeting YOU", "come back|again ..2 see|soon|visit", "hope|hoping ..2 YOU ?will return|back|again",
        "let YOU down", "made YOU|feel ..1 wait|uncomfortable|rushed|ignored|unwelcome", "YOU waited|were ..2 here|kept|treated|rushed|ignored", "YOU felt ..2 here|treated",
        "look|looking forward to ..2 next|YOU|serving|your", "sorry|apologies|apologize|regret ..3 wait|delay|inconvenience|mix-up",
        "earn|regain|win ..2 your trust|business|back",
    ), unless=(
        "your patience with the|our|a|an|this|these|construction|repairs|renovations", "stopping|visiting to write|say|share|post|tell",
        "help yourself|yourselves", "stopping|visiting ?by|on our ..1 page|site|website|profile",
        "inconvenience ..5 to|for ?so everyone|everybody|all|anyone|many|people", "your ..1 visit to our ..2 page|site|website",
        "if YOU had ..5 any clinic|office|practice|doctor|dentist|hospital|provider",
    )),
    # ---- RV-03: denying the relationship
    Rule("RV-03", _B, (
        "no|any|find|found|not ..2 record|records|chart|file|account|trace ..2 of|for|under|with|by",
        "never been|seen|had|treated|met ..3 PATIENT|YOU|name|here", "never ..2 PATIENT", "never ?once|even came|come|set|been|was|were|visited|stepped ..4 here", "not ?a|an|one ?of our|ours|this PATIENT",
        "YOU|YOUARE ?have|were|are|aren't|weren't not|never ..2 here|patient|PATIENT|seen|treated",
        "NEG|unable ..3 find|locate|identify|recognize|recognise|match ..3 YOU|your|name|PATIENT|record|appointment|anyone",
        "wrong|different ..1 office|clinic|practice|doctor|dentist|provider", "nobody|no-one|noone|no ?one|PATIENT by|with|of|under ..1 name",
        "did not|didn't happen ..2 HERE|our|this", "never heard of",
    ), label=Label.RECORD),
    # ---- RV-04: dates, times, attendance
    Rule("RV-04", _B, (
        "YOU ?have|had|also|then|just|only|simply|never missed|cancelled|canceled|skipped|no-showed|arrived|rescheduled|attended|walked|stormed|checked|came|showed|waited|visited|returned|booked|scheduled|stayed|sat|stopped|dropped",
        "YOU were|are|was|showed|came|arrived ..2 late|early|seen|scheduled|booked|next|tardy", "YOU were here", "YOU were the first|last|next|only",
        "NUM|COUNT missed|skipped|cancelled visits|appointments|sessions|slots",
        "your|the ?first|second|last|next|scheduled|NUM|DAY|COUNT appointment|visit|slot|session|follow-up was|on|at|started|ended|ran|lasted|went|took",
        "your ?first|second|last|next|scheduled appointment|visit|slot|session|follow-up is", "the first|second|last|next|scheduled|NUM|DAY|COUNT appointment|visit|slot|session|follow-up is",
        "the appointment|visit|slot|session|follow-up is ?still|now on|at|for|NUM|DAY|COUNT",
        "your appointment|appt|slot|session|follow-up|checkup", "WE ..1 called|texted|mailed|phoned|emailed|squeezed|fit|contacted|reached YOU|your",
        "he|she|they|who|they've|somebody|someone|patient came|skipped|missed|arrived|showed|cancelled|attended ..4 COUNT|NUM|DAY|slots|appointments|visits|sessions|late",
        "on|last|that|this DAY YOU", "YOU ..3 on|last DAY",
    ), unless=("YOU ?have came|come away", "YOU ?have left|walked away with|feeling|from", "policy ..2 of NUM|COUNT missed")),
    # ---- RV-05, RV-06: health and care
    Rule("RV-05", _B, (
        "YOUR ?own|other|left|right|lower|upper|poor|whole|severe|chronic|bad|good|new|old|first|second ?COND|BODY|PROC COND",
        "YOUR ..1 MED", "YOU|YOUARE have|had|were|was|suffered|developed|came|arrived ?in ?with|from ..2 COND|MED",
        "YOU|YOUARE feeling|doing|feel|healed|healing|recovering|recovered ..2 better|well|good|nicely", "YOU|YOUARE healed|healing|recovering|recovered", "your recovery|healing|condition|pain|symptoms|progress|diagnosis|injury",
        "YOU came|arrived|presented ..4 with ..2 COND|MED|pain", "YOU were diagnosed|sick|hurting|pregnant|numb|allergic|depressed|anxious", "YOU ..2 pain|in-pain", "get|feel|feeling well|better soon", "glad|happy ..2 feeling better",
    )),
    Rule("RV-06", _B, (
        "YOUR ?own|new|old|left|right|lower|upper|first|last|second|beautiful|gorgeous|dental ?PROC|BODY PROC|DRUG|MED",
        "YOUR ..2 results|crown|veneers|braces|glasses|contacts|lenses|medication|meds|refill|surgery|implant|filling",
        "WE ..2 prescribed|gave|sent|recommended|referred|injected|numbed|ordered|performed|administered|offered|explained|told|advised|warned|extracted|removed|replaced|fixed|filled|adjusted ..2 YOU|your",
        "YOU ?have|had|were|then|also|twice|both declined|refused|requested|signed|consented|agreed|insisted|opted|received|underwent|needed|elected|stopped",
        "YOU were ?all|also|twice|clearly|then|just|only|first given|told|offered|prescribed|advised|referred|warned|shown|informed|asked|treated|CAREPAST",
        "as|like ..3 explained|discussed|told|advised|agreed|said|recommended|talked", "YOU had ..4 PROC|MED",
        "glad|happy|thrilled|pleased|delighted|hope|hoping ..2 the|those|your|that ?new ?PROC|BODY|MED PROC|COND|MED",
        "SOMEONE ..4 refused|declined|wanted ..4 MED|PROC|shot", "the MED|PROC ?PROC went|came|turned|healed|worked|looks|looked ..2 well|fine|out|great|good|perfect|smoothly",
        "love ..1 your new", "su|tu|sus|tus MED|corona|muela|diente|dientes|tratamiento|limpieza|cita|seguro|dolor|receta|cirugia|hijo|hija|visita|hueso|ojo|rodilla|espalda|cuenta|saldo",
    ), unless=("like to be told|advised|explained",)),
    # ---- RV-07: money
    Rule("RV-07", _B, (
        "YOUR ..2 BILL", "WE|I ?have|had|already|never refunded|billed|charged|credited|waived|reimbursed|invoiced|quoted YOU|your|it|the|that",
        "YOU ?still|never|have|had|already|only owe|owed|paid|pay|signed|disputed|bounced", "YOU were ?only|never|not|double charged|billed|quoted|refunded|reimbursed",
        "his|her|their|the|your insurer|insurance|insurer|carrier|plan|medicaid|medicare ?has|had|only|had|also paid|denied|approved|rejected|covered|declined|refused",
        "pay|settle your|the|what ..2 BILL|owe", "waived|refunded|reduced|forgave ..2 fee|balance|charge|copay|bill",
    ), unless=("contact|check|ask|call|verify|with|from|by ..2 YOUR ?own insurance|carrier|insurer|plan|plan's|insurer's", "health plan|plan's",)),
    # ---- RV-09: rebuttal
    Rule("RV-09", _R, (
        "not|never|isn't|wasn't|didn't ..1 what|how ..1 happened", "not what was|we|i said", "not true|accurate|correct|factual", "see|remember|recall this|it|that|things|events|the ..2 differently",
        "two sides $", "two sides to", "two sides of ..2 story", "set the record straight", "side of the story|things", "simply|just|completely|totally|entirely false|untrue|wrong|inaccurate", "in|the fact|facts|truth is|are",
    )),
    # ---- RV-10: behaviour and character
    Rule("RV-10", _B, (
        "YOUR FAMILY|PET was|were|is|got|became ..2 BEHAVE",
        "YOU|YOUARE were|was|got|became ?so|very|quite upset",
        "YOU|YOUARE ?were|are|was|is|been|being|became|got ?so|very|quite|rather|being|always|verbally|extremely|not|often|repeatedly BEHAVE",
        "YOU|YOUARE ?are|were|is ?a|an|such|just|nothing ?but|a|total INSULT", "YOU never|didn't|did|don't|do|chose|have|had ?not|to follow|listen|comply|wear|take|brush|floss|show|bother|want|bring|tell|disclose|mention|return|do|use|finish|complete",
        "YOU ?never|have|had ?not followed|listened|complied|wore|brushed|flossed|bothered|wanted|brought|mentioned|returned|did|finished|completed",
        "YOUR ?own|rude|abusive|aggressive|bad|poor behavior|behaviour|attitude|tone|language|conduct|tantrum|refusal|lateness|smoking|drinking|habits|hygiene|temper|noncompliance|fault|lies|choice|choices",
        "someone|person|people|man|woman|somebody ..2 of ..1 that|such|your intelligence|kind|sort|type", "drug-seeking", "doctor-shopping", "YOU ..2 no-show", "shouting|yelling|screaming|cursing|swearing at ..1 STAFF|us",
        "YOU ..2 yelled|screamed|cursed|swore|threatened|shouted|lied|threw|slammed|stormed|demanded",
    ), unless=("not|isn't|never|no ?one's your fault", "YOU|YOUARE ?are ..1 entitled to", "glad|happy YOU did", "what YOU did there")),
    # ---- RV-11: other people
    Rule("RV-11", _B, ("YOUR ..1 FAMILY", "YOUR ..1 dog|cat|puppy|kitten|pup|horse|mare|rabbit|bird|parrot",
        "another|other|the|one|that PATIENT before|after|next|ahead|was|had|in|who", "loss|passing|death of ..1 FAMILY",)),
    # ---- RV-12: whoever is the only one of a kind
    Rule("RV-12", _R, ("the|our only twins|triplets|girl|boy|kid|child|student|teacher|principal|coach|mayor|pastor|priest|patient|woman|man ..3 in|at|on|of|from|with",)),
    # ---- RV-13: pictures and links
    Rule("RV-13", _B, ("here|attached|see|posting|posted|uploaded ..3 photo|photos|x-ray|x-rays|screenshot|picture|pictures|invoice|video|footage",)),
    # ---- RV-14: threats, pressure, inducements
    Rule("RV-14", _B, (
        "our|my ?legal THREAT ?team ?will|has|have|is|would|can ..3 YOU|your|contact|contacted|review|reviewing|touch|this|involved|call|write|send|sent|hear|happy|notified",
        "the ?legal THREAT will|has|have|is ..2 YOU|your|contacted|contact|notified|involved|review|reviewing|on", "legal action|counsel|team|department|consequences|proceedings", "WE ?will|can|could|would|may|might|intend|plan|are|have ?to|now|also|going ?to sue|prosecute|sued|suing", "cease and desist", "defamation", "defamatory", "libel", "libelous", "slander", "slanderous",
        "TAKEDOWN this|it ..4 or|and|within|if|we", "TAKEDOWN the|your|that|this ?false|fake review|post|comment|rating ..4 or|and|within|if|we", "TAKEDOWN this|it|that|the|your ..2 now|immediately|today|tonight", "take ?this|it|your ?review|post|comment down", "if ..5 TAKEDOWN ..4 refund|discount|credit|free|gift|WE",
        "TAKEDOWN this|it|the|your|that ..5 refund|discount|credit|gift|free|voucher", "YOU|YOUARE|will|'ll ..1 regret it|this|that", "YOU will|will ?be|you'll banned|hear|regret|sorry", "banned ..2 from", "reported ..2 to ..2 police|authorities|employer|platform",
        "hear from our|my", "lawsuit", "see YOU in court", "police|sheriff|court|lawyer|lawyers|attorney|attorneys ..3 YOU|your|this|unless|soon|next|review|post",
    ), firm=True, may_be_negated=True),
    Rule("RV-14", _R, (
        "WE|our|my|YOU|your|YOUARE ..5 police|sheriff|court|lawyer|lawyers|attorney|attorneys",
        "police|sheriff|court|lawyer|lawyers|attorney|attorneys ..4 YOU|your|contacted|called|involved|notified|review|reviewing|hear|touch",
    ), firm=True, may_be_negated=True),
    Rule("RV-14", _R, ("this|your|a|the ?is|as ?a|such ?clearly|obviously fake|false|bogus|malicious|phony|dishonest ?review|comment|post|INSULT", "shame on", "ashamed of ?this|that ?yourself|yourselves|YOU|your|review|post", "YOU|YOUARE ..3 ashamed", "TAKEDOWN this|your|the ?fake|false|bogus|unfair|dishonest review|post|comment|rating", "flagged|reported|reporting|flag ..3 review|post|this|google|yelp", "liar|liars|troll|coward|malicious|pathetic|bogus", "should|ought ?to be ashamed|embarrassed"), firm=True, may_be_negated=True),
    Rule("RV-14", _R, (
        "glass houses", "what goes around", "two can play", "think twice", "so think it over", "last|final|fair warning", "formal notice", "consider this ..1 notice|formal",
        "process server", "extortion", "blackmail", "retraction", "^ prove it", "screenshots|screenshot ..3 kept|saved|lawyers|lawyer|attorney|court", "people|gentlemen|folks in suits",
        "careful|mind|watch ..2 what|with ..2 words|remarks|claims|accusations|YOU|statements", "mind what", "judges|judge|courts|jury ..3 read|reads|know|decide|generous|see", "legal meaning",
        "get|find|needs|need a hobby|life", "truth hurts", "sore loser|losers", "projecting much", "^ ?please|just grow up", "try being|acting ..2 decent|better|kinder|nicer|polite|adult|human", "exhibit a|b|one|NUM",
        "association|employer|boss|school|landlord|board ..5 hear|hearing ..4 from me|us", "hide|hiding behind ..2 keyboard|keyboards|screen|name|handle",
    ), firm=True, may_be_negated=True),
    # ---- RV-15: asking for details in public
    Rule("RV-15", _B, (
        "SHARE ..1 ?me|us|YOU|here|with ?with|your|the|a ..2 DETAIL ..6 PUBLICPLACE|dm|DM", "SHARE ..2 PUBLICPLACE ..2 with ..2 DETAIL",
        "^ ?please|kindly|just reply|respond|comment|post|dm|message with|your|a|us|the ..3 DETAIL|name|birthday|birthdate|date|tooth|photo|x-ray",
        "what ?is|was|are|'s your ?full|real|first|last|chart|insurance DETAIL|name|number", "who|which ..1 ?was|did|doctor|nurse|provider|STAFF|therapist|dentist ..1 YOU ..1 see|saw|seen|treated", "what ..2 YOU ..1 have|had|come|came|treated|seen|done|in ..1 ?for|done|$",
        "when|which|what ?day|date|time were|was|did YOU|your ..3 here|in|visit|come|appointment|seen|it", "last four ?digits ?of", "your social ?security", "your ?full date of birth ..3 here|below|so|and", "sign|use|give|state|post ..1 your ?own real|full|actual name", "^ ?so|well|then|just ?, post|publish it|them|that $", "SHARE ..4 DETAIL ..3 PUBLICPLACE",
        "photo|picture|pic ..2 of ..3 MED|bill|tooth|invoice|card|id|BODY",
    ), firm=True, may_be_negated=True, unless=(
        "leave|keep ..6 out|off|away", "not here", "not ?on|in|through|via|by this|the ?public page|space|forum|site|thread|wall",
    )),
    Rule("RV-15", _R, ("text|dm|message me|us|him|her your|with|directly|here", "whatsapp|facebook|instagram|snapchat me|us|him|her", "personal|private email|e-mail|cell"), firm=True),
    # ---- RV-16: advice or promise in public
    Rule("RV-16", _R, ("come ?back|on in ..3 WE|we'll|fix|redo|adjust|look|check|free|treat", "take NUM|COUNT ..3 DRUG|tablets|pills|mg|times", "WE will|can|we'll ..1 fix|redo|cure|heal|repair|advise ..3 YOU|your|it|$", "keep ..2 PROC|BODY|COND ..2 clean|dry|elevated|iced|on|in|moist", "YOU should|need|must ..2 take|use|ice|rest|stop|apply|rinse|wear|avoid", "and we will advise"), ),
)  # fmt: skip
