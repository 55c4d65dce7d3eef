"""What is harmless in any office's reply: clauses that would stand as well under no review.

A sentence that is made of such clauses alone is proved; the statistical layer then has no say.
A rule that names a disclosure still has. The language is that of `rules.py`.
"""

_NOTE = "REVIEW|honesty|candor|kindness|perspective|support|generosity|enthusiasm|frankness|view|views|idea|ideas|heads-up|nudge|push|reminder|laugh|smile|tip|shout-out|kudos|encouragement|question|interest"
_WHO = "us|our|the|my|you|?all"
_CALL = "call|phone|ring|contact|reach|dial"

PROOFS: tuple[str, ...] = (
    # thanks
    "?many|our|with|a|and ?sincere|warm|big|heartfelt|special THANKS ?you|y'all|again|all|everyone ?so|very|kindly|again ?much|again",
    f"?and|we|i ?really|so|truly|do THANKS ?you|y'all ?so|very|again ?much|again|kindly for|the|your|this|these|such|that ?the|your|this|these|such|a|an|sharing|posting|writing|leaving|all ?the|your|this|these|such|a|an ?KIND|honest|thoughtful|detailed|candid|positive|helpful|five|5|four|quick|fair|glowing|NUM ?and ?KIND|honest|thoughtful|helpful|detailed|five|candid {_NOTE}",
    "THANKS ?you ?so ?much for|you ?for ?letting|telling us|taking ?know|the ?time|a|moment|minute ?time|moment|minute ?to|for ?write|share|post|comment|this|say|tell|review ?this|it|us|these|so|your ?REVIEW",
    "THANKS ?you ?so ?much for letting us know", "THANKS ?you for|on speaking|weighing|chiming ?up|in|out", "?and|we|i THANKS your|the|this|any|all|every ?KIND|honest|candid REVIEW|honesty|candor|kindness|support|time|input",
    "THANKS from|to all|everyone|the|our ?of|the|at ?us|team|whole ?team|staff|crew",
    "cheers|yay|wow|noted|understood|agreed|touche|valid|aww|aw|lol|haha|ha|yikes|ouch|amen|hello|hi|hey|greetings|cheers|hooray|woohoo|ok|okay|sure|indeed|true|dear|yes|no|oh|well|again|honestly|truly|sincerely|respectfully",
    "you|this|that|it|these|your|words|reviews|comments ?REVIEW|words|kind|words|like ?note|words|this|these ?really|truly|just|like ?this|these made|make|makes|brightened|brighten|brightens our|my|the ?whole ?team|teams|staff|day|week|month|morning|year ?day|week|smile",
    "this|that|it|your ?REVIEW|words|means|mean ?means|mean ?so|a|the|more ?much|lot|world|than to|you|the ?us|our|team|know ?all|team|whole ?of|team ?us",
    "means|mean a|the|so|everything lot|world|much ?to ?us|our ?team", "KIND ?words|of|to ?you|hear|read ?to|that ?say|write|read|hear", "?so|very|how|what|too KIND ?of ?you ?to ?say|write|post", "you rock", "you're|you ?are ?very|too|so|always KIND|welcome",
    "?we|i ?FEEL|are|we're|i'm ?so|very|really glad|happy|thrilled|delighted|pleased|grateful|honored|humbled|touched to|by|for hear|read|see|this|learn|that ?this|that|it|these ?words|REVIEW|so",
    # regret without a fact
    "?we|i|we're|i'm|our|my ?are|am|feel ?so|very|truly|deeply|really|sincerely|terribly SORRY ?to ?hear|read|learn|see ?this|that|of|about ?this|that|it|?REVIEW ?concern|frustration",
    "?we|i|we're|i'm ?are|am ?so|very|truly SORRY ?that you|anyone feel|feels this|that way", "SORRY for|about any|the ?misunderstanding|confusion|frustration|typo ?confusion", "sorry about that|this", "we|i hear|understand ?you|this|that|the|your ?frustration|concern|concerns",
    "fair|good|great|point|well|duly ?enough|point|question|idea|noted|said|taken|catch ?taken|noted",
    # contact
    f"?please|so|if|and|or|kindly|you|feel ?do|please|can|may|free|would ?to ?always|also {_CALL} ?out ?to ?us|our|the|my ?front|office|practice|patient|billing|clinic|nurse ?desk|office|practice|manager|team|administrator|director|line|relations|department ?team|manager|office|line|directly|anytime|any ?directly|time|privately|anytime|when ?at|on|by|when|during ?phone|NUM|convenient|business|any ?hours|time|weekday|NUM",
    "we|i|we'd|i'd|our|so|and ?team|manager ?would|will|can|are|is ?be|love|welcome|like|appreciate|always|glad ?glad|happy|grateful ?to|for|the|a ?listen|talk|speak|chat|hear|chance|call|discuss|help|opportunity|conversation ?to|more|with|this|about|privately|further ?listen|talk|you|more|this|your|privately|it ?concern|concerns|privately|by|offline|in|with|over ?phone|private|offline|you|the ?phone|directly|privately",
    "so|and that|so ?that we|i|she|he|they can|may|could listen|talk|speak|chat|help|hear ?to|you|in|privately|with|more ?you|private|your|further|privately|directly",
    "we|i|our|the|this|these|your|it ?REVIEW|will|we'll|i'll|team|staff|words|kind ?words|is|are|be ?be|sure ?being|to ?pass|share|shared|read|passed|bring ?this|these|it|your|on|along|with|by|to ?REVIEW|on|along|words|it|our|the|everyone ?to|with|along|up|team|staff ?the|our|everyone|dr|whole|front ?whole|entire|front|office|STAFF ?team|staff|desk|crew|STAFF",
    "we|i ?read|take|value|welcome|hear|appreciate ?all|every|each|any|your|this|these|such|single|honest ?and ?of|single|your|honest|one ?REVIEW|one|concerns|these|them ?very|seriously|of ?seriously|these|them",
    "we|i wish you ?all|the|only|a|and ?KIND|the|best|well|very|happy ?best|well|day|week|weekend|year", "have|enjoy|wishing a|your|the|you ?KIND|good|happy|safe|lovely ?week|day|weekend|rest|evening|summer|year ?of|ahead ?the|your ?week|day",
    "have a KIND|good|safe|happy|lovely day|week|weekend|one|summer|evening", "in|for an|life|emergency|emergencies|anything ?threatening|urgent ?emergency ?please ?call|dial NUM|urgent",
    "?please call|dial|or|text|and|call NUM ?right|or|immediately|for|in ?away|text|an ?emergency|NUM",
    "from|- all|the|everyone|your ?of|at ?us|team|friends|whole ?at|team ?HERE|the ?office|team|clinic",
)  # fmt: skip

JOINTS = frozenset([",", "-", "and", "but", "so", "&", "or", ":", "(", ")", "HANDLE"])
"""What may stand between such clauses."""
