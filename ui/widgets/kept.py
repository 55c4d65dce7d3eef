"""The mark of a field whose text its page keeps by itself, such as the draft of a reply."""

KEPT_ELSEWHERE = "keptElsewhere"
"""Name of the property; of such a field only the caret is noted when the program locks."""
