"""Invented reviews of the sandbox's office, in every tone, and what their writers do with them."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.reviews import PublicReply, PublicReview
from carekraft_desktop.hub import reviews
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.sandbox.chance import Chance

TEXTS: tuple[tuple[int, str], ...] = (
    (5, "Friendly people, and I was seen on time."),
    (5, "They explained everything twice without sighing."),
    (5, "Best front desk in town. Somebody picked up after two rings."),
    (5, "Dr. Osei took my worries about the new blood pressure tablets seriously."),
    (5, "Clean, calm, and the chairs do not squeak. Ten out of ten."),
    (5, "I was nervous and nobody laughed. Thank you all!"),
    (5, "My son has a needle phobia and left with a sticker and a smile."),
    (5, "Great dentist? No, great doctors! Highly recommend."),
    (5, "Straightforward booking, and the reminder came the day before."),
    (5, "Wheelchair access is real here, not just a sign on the door."),
    (5, "After my knee surgery the follow-up was quick and kind."),
    (5, "¡Muy amables! Me atendieron en español sin problema."),
    (4, "Good care, parking is hard."),
    (4, "Nice team. The waiting room could use more daylight."),
    (4, "Very thorough. The form at the entrance asks everything twice, though."),
    (4, "Kind doctor, slow elevator."),
    (4, "Solid practice. I would like to see evening hours."),
    (4, "They found a time within two days for my daughter's rash."),
    (4, "Polite on the phone, a little hurried in person."),
    (4, "Lab results came online sooner than promised."),
    (4, "Prices were told before, which I appreciate."),
    (4, "Good listeners. The music has to go."),
    (3, "Waited forty minutes but the doctor was kind."),
    (3, "It was okay. Nothing special, nothing bad."),
    (3, "The visit itself was fine, the bill took three calls to understand."),
    (3, "Hard to find the entrance. Once inside all was good."),
    (3, "Half the staff is wonderful and the other half seems tired."),
    (3, "Moved my appointment twice, then everything went well."),
    (3, "Average. My old clinic was closer."),
    (3, "Mixed feelings. Warm doctor, cold room."),
    (3, "I asked for an interpreter and got one, but late."),
    (2, "Nobody told me that my insurance had to be checked first."),
    (2, "Twenty minutes on hold with the same song."),
    (2, "The doctor looked at the screen more than at me."),
    (2, "Felt rushed. I left with more questions than I came with."),
    (2, "They wanted the copay before I had taken off my coat."),
    (2, "My prescription went to the wrong pharmacy, and it took a day to fix."),
    (2, "The front desk spoke about somebody's test results out loud."),
    (2, "Too expensive for ten minutes."),
    (2, "Website says open on Saturday. The door says something else."),
    (1, "Nobody picked up the phone for two days."),
    (1, "Waited an hour and a half with a feverish child. Never again."),
    (1, "They billed me for a visit that I had cancelled."),
    (1, "Rude. Simply rude."),
    (1, "I told them about my back pain for months and got a leaflet."),
    (1, "The doctor told me to lose weight and that was the whole visit."),
    (1, "Was refused a refill of my anxiety medicine like some criminal."),
    (1, "Stay away! They only want your money!!!"),
    (1, "Two hundred dollars for a cleaning they never finished. Liars."),
    (1, "My mother fell in your parking lot and all you said was 'fill in this form'."),
    (1, "Lost my records. TWICE. How is that even possible in 2026?"),
    (1, "Misdiagnosed me. Another clinic found it in five minutes."),
    (1, "If I could give zero stars I would. The smell alone..."),
    (1, "Called me a no-show although I sat in the waiting room the whole time."),
    (1, "👎👎👎"),
    (1, "Your receptionist hung up on me, the one with the glasses."),
    (1, "Buy cheap watches at best-watches.example.com, free delivery"),
    (1, "This is about the hotel next door: breakfast was cold and the pool was closed."),
    (5, "ok"),
    (4, "Came for a flu shot, in and out in fifteen minutes."),
    (3, "Would come again, if somebody fixed the coat rack."),
    (5, "Thank you for the patience with an old man and his list of questions."),
)
AFTERTHOUGHTS = (
    "Update: they called me back, so one star more.",
    "Edit: still waiting for an answer.",
    "Update: I was told it will be looked into.",
    "Edit: wrong office, sorry. The stars stay until I find the button.",
)
ALIASES = (
    "MapleFan22",
    "Kit W.",
    "a walker by the lake",
    "Juniper",
    "T. from Oak Park",
    "grateful grandpa",
    "Nobody's Fool",
    "B. from Evanston",
    "cyclist_77",
    "Marlo",
    "Tired Parent",
    "R. R.",
    "seen it all",
    "Quiet Reader",
    "Poppy from Cicero",
    "lakeshore local",
)
REPLIES: tuple[str, ...] = (
    "Thank you for the feedback. We read every comment.",
    "Thank you for the feedback. We take all comments seriously.",
    "Our office aims to keep waits short and to explain fees in advance to everyone.",
)
"""Replies that stand below older reviews."""
CARELESS: tuple[str, ...] = (
    "Thank you for trusting us with your care! See you at your check-up in spring.",
    "Our records show that you missed two appointments before this one.",
)
"""Written before the office had rules: whoever looks again finds them."""
NEWEST = 8
"""So many reviews have no answer yet."""


def past_reviews(chance: Chance, now: datetime, count: int) -> list[Change]:
    """Reviews of the last months; the newest have no answer, most of the others have one."""
    changes = []
    chosen = list(TEXTS)
    chance.shuffle(chosen)
    for number in range(count):
        # Evenly over two hundred days, with some chance, the newest of this morning.
        written = now - timedelta(hours=number * 76 + chance.randint(2, 60))
        review = make_review(chance, written, chosen[number % len(chosen)])
        if number >= NEWEST and chance.happens(0.8):
            answered = written + timedelta(hours=chance.randint(20, 70))
            texts = CARELESS if number % 16 == NEWEST else REPLIES
            text = chance.choice(texts)
            reply = PublicReply(text=text, posted=min(answered, now))
            review = PublicReview(
                id=review.id,
                rating=review.rating,
                text=review.text,
                author_alias=review.author_alias,
                created=review.created,
                reply=reply,
            )
        changes.append(_change(review))
    return changes


def make_review(chance: Chance, at: datetime, what: tuple[int, str] | None = None) -> PublicReview:
    """What somebody wrote about the office."""
    rating, text = what or chance.choice(TEXTS)
    return PublicReview(
        id=chance.new_id(at),
        rating=rating,
        text=text,
        author_alias=chance.choice(ALIASES),
        created=at,
    )


def write(connection: Connection, chance: Chance, office_id: str, now: datetime) -> str:
    """Somebody writes a review; its id."""
    review = make_review(chance, now)
    reviews.write(connection, office_id, review, now)
    return review.id


def edit(
    connection: Connection, chance: Chance, office_id: str, review_id: str, now: datetime
) -> None:
    """The writer adds something, and may think better of the stars."""
    review, _ = reviews.load(connection, office_id, review_id)
    more = f"{review.text} {chance.choice(AFTERTHOUGHTS)}"
    rating = min(5, max(1, review.rating + chance.choice((-1, 0, 0, 1))))
    changed = PublicReview(
        id=review.id,
        rating=rating,
        text=more[:5_000],
        author_alias=review.author_alias,
        created=review.created,
        edited=now,
        reply=review.reply,
        reported=review.reported,
    )
    reviews.write(connection, office_id, changed, now)


def delete(connection: Connection, office_id: str, review_id: str, now: datetime) -> None:
    """The writer takes it away.

    Raises:
        NotThere: it is not there.
    """
    reviews.load(connection, office_id, review_id)
    reviews.remove(connection, office_id, review_id, now)


def _change(review: PublicReview) -> Change:
    return Change(kind=reviews.KIND, id=review.id, body=encode(review).decode())
