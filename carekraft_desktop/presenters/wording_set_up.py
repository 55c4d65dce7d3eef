"""What the first start says of what is confirmed before a patient is shown."""

from typing import Final

from carekraft_desktop.domain.attesting import Subject

TITLE: Final = "Before the first patient is shown"
CONFIRM: Final[dict[Subject, str]] = {
    Subject.TRAINING: "I have had this year's training on privacy",
    Subject.POLICY: "I have read the office's privacy policy",
}
LATER: Final = "Without both you can finish the set-up; patients are shown once you confirm under Your sign-in."
