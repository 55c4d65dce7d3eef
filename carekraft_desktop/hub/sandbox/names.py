"""Names of invented people in several scripts, some of them awkward on purpose."""

from carekraft_desktop.contract.fhir import HumanName
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.value import Value


class Pool(Value, frozen=True):
    """Names that go together."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]
    family_first: bool = False


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENGLISH = Pool(
    _words(
        "Mary Patricia Linda Susan Karen Nancy Lisa Betty Sandra Ashley Emily Donna Michelle "
        "Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy Angela "
        "Shirley Brenda Emma Anna Pamela Nicole Samantha Katherine Christine Helen Rachel Carolyn "
        "Janet Olivia Maria Heather Diane Julie Joyce Victoria Ruth Virginia Lauren Kelly"
    ),
    _words(
        "James Robert John Michael David William Richard Joseph Thomas Christopher Charles Daniel "
        "Matthew Anthony Mark Donald Steven Andrew Paul Joshua Kenneth Kevin Brian George Timothy "
        "Ronald Jason Edward Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin "
        "Scott Brandon Benjamin Samuel Gregory Alexander Patrick Frank Raymond Jack Dennis"
    ),
    _words(
        "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Thomas Taylor Moore "
        "Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King "
        "Wright Scott Hill Green Adams Baker Nelson Hall Campbell Mitchell Carter Roberts Phillips "
        "Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Morgan Cooper "
        "Peterson Reed Bailey Bell Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett "
        "Gray James Hughes Price Myers Long Foster Sanders Ross Sullivan Russell Fisher"
    ),
)
SPANISH = Pool(
    _words("Guadalupe Lucía Sofía Ximena Camila Inés Rocío Pilar Consuelo Itzel"),
    _words("José Ángel Andrés Íñigo Raúl Óscar Joaquín Martín Sebastián Efraín"),
    (
        "García Núñez",
        "Hernández",
        "López de la Fuente",
        "Muñoz",
        "Peña Castañeda",
        "Ramírez",
        "Rodríguez y Zúñiga",
        "Ibáñez",
        "Vélez",
    ),
)
VIETNAMESE = Pool(
    ("Thị Hồng Nhung", "Ngọc Ánh", "Thu Thủy", "Bích Phượng", "Mỹ Lệ"),
    ("Văn Dũng", "Quốc Đạt", "Hữu Phước", "Đình Trọng", "Minh Tuấn"),
    ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng"),
    family_first=True,
)
CHINESE = Pool(
    ("秀英", "丽娟", "桂芳", "雪梅", "静怡"),
    ("建国", "志强", "文博", "伟", "俊杰"),
    ("王", "李", "张", "刘", "陈", "欧阳", "司马"),
    family_first=True,
)
ARABIC = Pool(
    ("فاطمة", "عائشة", "مريم", "نور الهدى", "ليلى"),
    ("محمد", "عبد الرحمن", "يوسف", "خالد", "إبراهيم"),
    ("الأحمد", "بن سعيد", "الحسيني", "عبد الله", "القاضي"),
)
HEBREW = Pool(
    ("שרה", "רבקה", "תמר", "אביגיל"),
    ("דוד", "יצחק", "אלעזר", "נתן"),
    ("כהן", "לוי", "בן־דוד", "פרידמן"),
)
CYRILLIC = Pool(
    ("Анастасия", "Екатерина", "Ольга", "Людмила", "Юлія"),
    ("Дмитрий", "Алексей", "Владимир", "Сергій", "Ярослав"),
    ("Иванова", "Кузнецов", "Щербаков", "Ковальчук", "Войцеховский"),
)
# Written with combining marks instead of ready-made letters, as some keyboards do.
COMBINING = Pool(
    ("Zoe\u0308", "Chloe\u0301", "Ame\u0301lie", "S\u030cte\u030cpa\u0301nka"),
    ("Rene\u0301", "Bjo\u0308rn", "Ange\u0300l", "Jir\u030ci\u0301"),
    (
        "Nova\u0301kova\u0301",
        "Mu\u0308ller",
        "Lefe\u0300vre",
        "A\u030angstro\u0308m",
        "Dvor\u030ca\u0301k",
    ),
)
LONG = Pool(
    ("Maximiliana Wilhelmina Alexandrina", "Oluwaseyifunmi Temitope", "Anna-Katharina Elisabeth"),
    ("Bartholomew Maximilian Alexander", "Oluwadamilare Ayokunle", "Wolfgang-Amadeus Hieronymus"),
    (
        "Featherstonehaugh-Cholmondeley",
        "Wolfeschlegelsteinhausenbergerdorff",
        "Papadimitrakopoulos-Keihanaikukauakahihuliheekahaunaele",
        "van den Heuvel-Montgomery of Abernathy",
    ),
)

POOLS: dict[Pool, float] = {
    ENGLISH: 70.0,
    SPANISH: 12.0,
    VIETNAMESE: 3.5,
    CHINESE: 3.0,
    ARABIC: 3.0,
    HEBREW: 1.5,
    CYRILLIC: 3.0,
    COMBINING: 2.0,
    LONG: 2.0,
}
LONGEST = 60
"""Letters of the longest name."""


def family_pool(chance: Chance) -> Pool:
    """A pool, by how common it is here."""
    return chance.weighted(POOLS)


def person_name(
    chance: Chance, pool: Pool, *, female: bool, family: str | None = None
) -> HumanName:
    """A name; `family` is taken over from a relative."""
    given = chance.choice(pool.female if female else pool.male)
    family = family or chance.choice(pool.family)
    if pool is ENGLISH and chance.happens(0.3):
        given = f"{given} {chance.choice('ABCDEFGHJKLMNPRSTW')}."
    parts = (family, given) if pool.family_first else (given, family)
    joint = "" if pool is CHINESE else " "
    text = joint.join(parts)[:LONGEST].rstrip()
    return HumanName(use="official", text=text, family=family, given=given.split(" "))
