"""Say which usernames may be, and which two are the same to a reader's eye.

Follows Unicode TR 39: one script in a name, and a "skeleton" that look-alikes share.
"""

import unicodedata

from confusable_homoglyphs import categories
from confusable_homoglyphs.confusables import confusables_data

LENGTH_MIN = 3
LENGTH_MAX = 32

_SHARED = {"COMMON", "INHERITED"}
_TOGETHER = (
    {"HAN", "HIRAGANA", "KATAKANA"},
    {"HAN", "HANGUL"},
    {"HAN", "BOPOMOFO"},
)
"""Scripts that one language writes with."""
_UNSEEN = frozenset("\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f")
"""Letters and marks that show as nothing."""


def flaw(name: str) -> str | None:
    """Tell what is wrong with a username, None where nothing is."""
    if not LENGTH_MIN <= len(name) <= LENGTH_MAX:
        return f"Must be {LENGTH_MIN} to {LENGTH_MAX} characters long."
    if not all(map(_may_stand, name)):
        return "May hold letters, digits, - and _ only."
    if unicodedata.normalize("NFKC", name) != name:
        return "Holds a character that has a plainer form."
    if not _is_of_one_script(name):
        return "Must be written in one script."
    return None


def _may_stand(character: str) -> bool:
    category = unicodedata.category(character)
    if character in "-_":
        return True
    if character in _UNSEEN:
        return False
    if category in ("Mn", "Mc"):
        return categories.alias(character) not in _SHARED
    return category == "Nd" or category.startswith("L")


def _is_of_one_script(name: str) -> bool:
    scripts = {categories.alias(character) for character in name} - _SHARED
    return len(scripts) <= 1 or any(scripts <= allowed for allowed in _TOGETHER)


def key(name: str) -> str:
    """Fold a username to what it is found by: the same for `Ann` and `ANN`."""
    return unicodedata.normalize("NFKC", name).casefold()


def look(name: str) -> str:
    """Fold a username to its look: the same for `paypal` and `paypaI`."""
    seen = "".join(map(_prototype, unicodedata.normalize("NFKD", name)))
    return "".join(map(_prototype, seen.casefold()))


def _prototype(character: str) -> str:
    others = confusables_data.get(character, ())
    if len(others) != 1:
        return character
    other = str(others[0]["c"]).strip("\u200e")
    back = confusables_data.get(other, ())
    is_pair = len(back) == 1 and back[0]["c"] == character
    return min(character, other) if is_pair else other
