"""What invented patients and offices say of themselves: purposes, insurers, streets, providers."""

SPECIALTY = "urn:carekraft:specialty"

PROVIDERS: tuple[tuple[str, str, str, int, tuple[int, int], str], ...] = (
    # name, specialty code, specialty, minutes of a slot, hours, working days
    ("Dr. Helen Okafor", "CKS-01", "Family medicine", 20, (8, 17), "mon tue wed thu fri"),
    ("Dr. Samuel Reyes", "CKS-02", "Pediatrics", 15, (8, 16), "mon tue wed thu fri"),
    ("Dr. Ingrid Lindqvist", "CKS-07", "Dermatology", 15, (9, 18), "mon tue wed thu fri"),
    ("Dr. Wei Zhang", "CKS-05", "Cardiology", 30, (7, 16), "mon wed thu fri"),
    ("Dr. Amira Haddad", "CKS-03", "Internal medicine", 20, (8, 17), "mon tue wed thu"),
    ("Dr. Tomás Villanueva", "CKS-09", "Orthopedics", 20, (9, 17), "tue wed thu fri"),
)

PURPOSES: dict[str, tuple[str, ...]] = {
    "CKS-01": (
        "Annual physical",
        "Blood pressure follow-up",
        "Sore throat and fever",
        "Flu shot",
        "Back pain since last week",
        "Medication review",
        "New patient visit",
    ),
    "CKS-02": (
        "Well-child check",
        "School physical",
        "Ear ache",
        "Vaccinations",
        "Cough that does not go away",
    ),
    "CKS-07": ("Mole check", "Acne follow-up", "Rash on both arms", "Skin exam", "Eczema"),
    "CKS-05": (
        "Follow-up after stress test",
        "Palpitations",
        "Blood pressure",
        "Annual check",
        "Second opinion",
    ),
    "CKS-03": ("Diabetes follow-up", "Fatigue", "Annual physical", "Lab results"),
    "CKS-09": ("Knee pain", "Shoulder follow-up", "Cast removal", "Sports injury"),
}
ANY_PURPOSE = ("New patient visit", "Follow-up", "Second opinion", "Annual check")
"""What people come for where nothing more fitting is known."""
COMMENTS = (
    "First time at your office, I may need help with the forms.",
    "Please call instead of writing.",
    "I use a wheelchair; is there a step at the door?",
    "Mornings are best. I can come earlier if something opens up.",
    "Necesito intérprete de español, por favor.",
    "I will bring my test results from last year with me.",
    "My daughter will drive me and would like to be in the room.",
)
PREVIOUS = (
    "Lakeside Family Clinic",
    "Dr. P. Nakamura, Evanston",
    "Northshore Urgent Care",
    "Dr. R. Feldman",
    "Prairie Health Center",
    "Student Health Service",
)
INSURERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Prairie Mutual Health", ("Bronze HMO", "Silver HMO", "Gold PPO")),
    ("Great Lakes Assurance", ("Choice PPO", "Select EPO")),
    ("Cedar Valley Health Plan", ("Standard", "High Deductible")),
    ("Midland Public Coverage", ("Family", "Senior")),
    ("Unity Workers Fund", ("Plan A", "Plan B")),
)
STREETS = (
    "Maple Street",
    "Oak Avenue",
    "Lincoln Road",
    "Prairie View Lane",
    "Lake Shore Court",
    "Washington Boulevard",
    "Elm Drive",
    "County Road 12",
)
TOWNS: tuple[tuple[str, str], ...] = (
    ("Chicago", "60614"),
    ("Oak Park", "60302"),
    ("Evanston", "60201"),
    ("Cicero", "60804"),
    ("Berwyn", "60402"),
)
NOTICES = (
    "Maintenance on Sunday from 02:00 to 02:15; bookings wait and arrive afterwards.",
    "The directory now shows which offices take new patients.",
    "From next month patients can add a second telephone number.",
)
