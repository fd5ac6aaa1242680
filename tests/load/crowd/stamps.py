"""Write into chatter when it was meant to be said, by whom, and which it was."""

from typing import NamedTuple

TEXT_LENGTH = 64
"""Characters of every message, whatever it says: the same for every server."""
MICRO = 1_000_000
_DIGITS, _SENDER, _SAID = 16, 6, 8
_AT_SENDER = _DIGITS + 1
_AT_SAID = _AT_SENDER + _SENDER + 1
_END = _AT_SAID + _SAID


class Stamp(NamedTuple):
    """Hold a moment of `perf_counter`, a user, and the number of what it says."""

    intended_s: float
    sender: int
    number: int


def write(intended_s: float, sender: int, number: int) -> str:
    """Write a stamp as a text of a fixed length."""
    text = f"{int(intended_s * MICRO):016}.{sender:06}.{number:08}."
    return text.ljust(TEXT_LENGTH, "~")


def moment(text: str) -> float:
    """Read only when a message was meant to be said.

    Raises:
        ValueError: it is no stamp.
    """
    return int(text[:_DIGITS]) / MICRO


def read(text: str) -> Stamp:
    """Read a stamp.

    Raises:
        ValueError: it is none.
    """
    sender, number = text[_AT_SENDER : _AT_SAID - 1], text[_AT_SAID:_END]
    return Stamp(moment(text), int(sender), int(number))
