"""What the lock page says while the office is open below it, and what the settings say of PINs."""

from typing import Final

from carekraft_desktop.presenters.words import Words

WORD: Final = "Password"
PIN_OR_WORD: Final = "PIN or password"
CODE_WITH_WORD: Final = "Only with the password; a PIN needs no code."
BELOW: Final = "The office stays connected. Nobody sees a patient until one of you is back."
WHILE_LOCKED: Final = "Since it was locked"

PIN_TITLE: Final = "Your PIN"
PIN_ADVICE: Final = (
    "Six digits that bring you back quickly after a short lock. A PIN never opens the office by "
    "itself: at the start of the day, and after a long lock, you type your password. Three wrong "
    "PINs lock the office completely."
)
PIN_NONE: Final = "You have no PIN."
PIN_THERE: Final = "You have a PIN."
PIN_NEW: Final = Words("New PIN", "Six digits; no row such as 123456")
PIN_AGAIN: Final = "The same PIN again"
PIN_KEEP: Final = "Keep this PIN"
PIN_GIVE_UP: Final = "Have no PIN any more"
PIN_NOT_THE_SAME: Final = "The two PINs are not the same."
PIN_KEPT: Final = "The PIN works from the next lock on."
PIN_GIVEN_UP: Final = "From now on you come back with your password."
