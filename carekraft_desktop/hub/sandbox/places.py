"""Where the invented providers are: towns with their coordinates and time zones."""

from carekraft_desktop.value import Value


class Place(Value, frozen=True):
    """A town."""

    city: str
    state: str
    zip5: str
    latitude: float
    longitude: float
    zone: str


CENTRAL, EASTERN, MOUNTAIN = "America/Chicago", "America/New_York", "America/Denver"

PLACES = (
    Place("Chicago", "IL", "60614", 41.922, -87.649, CENTRAL),
    Place("Chicago", "IL", "60601", 41.886, -87.623, CENTRAL),
    Place("Oak Park", "IL", "60302", 41.895, -87.790, CENTRAL),
    Place("Evanston", "IL", "60201", 42.055, -87.694, CENTRAL),
    Place("Cicero", "IL", "60804", 41.838, -87.760, CENTRAL),
    Place("Berwyn", "IL", "60402", 41.835, -87.790, CENTRAL),
    Place("Skokie", "IL", "60076", 42.036, -87.733, CENTRAL),
    Place("Naperville", "IL", "60540", 41.766, -88.142, CENTRAL),
    Place("Joliet", "IL", "60431", 41.532, -88.186, CENTRAL),
    Place("Rockford", "IL", "61101", 42.293, -89.116, CENTRAL),
    Place("Milwaukee", "WI", "53202", 43.045, -87.899, CENTRAL),
    Place("Valparaiso", "IN", "46383", 41.473, -87.061, CENTRAL),
    Place("South Bend", "IN", "46601", 41.672, -86.255, EASTERN),
    Place("Indianapolis", "IN", "46204", 39.772, -86.157, EASTERN),
    Place("Ann Arbor", "MI", "48104", 42.265, -83.719, EASTERN),
    Place("Denver", "CO", "80202", 39.752, -104.999, MOUNTAIN),
)
PAYERS = {
    "Prairie Mutual Health": "PRAIRIE",
    "Great Lakes Assurance": "GREATLAKES",
    "Cedar Valley Health Plan": "CEDAR",
    "Midland Public Coverage": "MIDLAND",
    "Unity Workers Fund": "UNITY",
}
"""The marketplace's codes of the payers."""
