"""Name what detectors look at: traces of play, by the server's clock."""

from collections.abc import Mapping, Sequence

from msgspec import Struct


class Action(Struct, frozen=True, array_like=True):
    """Tell of one command that a player sent and that was accepted."""

    at_ms: int
    name: str


class Claim(Struct, frozen=True, kw_only=True):
    """Tell what a client claimed to hold, what there was, and what there is room for.

    Amounts are milli-units by resource.
    """

    at_ms: int
    colony: str
    claimed: dict[str, int]
    held: dict[str, int]
    capacity: dict[str, int]


class Forecast(Struct, frozen=True, kw_only=True):
    """Tell when a client claimed that a fleet would arrive.

    The fleet departs at `at_ms`, and arrives at `arrive_ms`. `travel_ms` is what the
    straight way takes at the course's speed.
    """

    at_ms: int
    fleet: str
    claimed_ms: int
    arrive_ms: int
    travel_ms: int


class Leg(Struct, frozen=True, kw_only=True):
    """Tell where a fleet was at two moments with nothing known in between.

    Places are milli-units, `speed_milli` milli-units a second: what its course allows,
    0 while it stands.
    """

    fleet: str
    player: str
    from_milli: tuple[int, int]
    to_milli: tuple[int, int]
    from_ms: int
    to_ms: int
    speed_milli: int


class Gift(Struct, frozen=True, kw_only=True):
    """Tell of goods that went from one account to another for nothing in return.

    `value_milli` is the sum of all resources. Where it was plundered, `stakes_milli`
    is the value of the ships that fell on both sides: what its loss was fought for.
    """

    sender: str
    receiver: str
    at_ms: int
    source: str
    value_milli: int
    stakes_milli: int


class Effort(Struct, frozen=True):
    """Count what an account did in some time: all commands, and those for war."""

    actions: int = 0
    arms: int = 0


class Pair(Struct, frozen=True, kw_only=True):
    """Tell of two accounts, one of which gave to the other, over some weeks.

    `given` are the gifts that no flag counts yet, oldest first. `out_milli` is all that
    left the sender, to whomever; `back_milli` what came back from the receiver.
    `sharers` counts the accounts behind an address that both were seen at, 0 without
    one.
    """

    sender: str
    receiver: str
    given: tuple[Gift, ...]
    out_milli: int
    back_milli: int = 0
    sender_did: Effort = Effort()
    receiver_did: Effort = Effort()
    sharers: int = 0


class Seen(Struct, frozen=True, kw_only=True):
    """Hold what one stretch of the history shows, up to `at_ms`."""

    at_ms: int
    actions: Mapping[str, Sequence[Action]] = {}
    claims: Mapping[str, Sequence[Claim]] = {}
    forecasts: Mapping[str, Sequence[Forecast]] = {}
    legs: Sequence[Leg] = ()
    pairs: Sequence[Pair] = ()
