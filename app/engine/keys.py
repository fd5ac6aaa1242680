"""Make every Redis key. No other module spells one.

A galaxy's keys share one hash tag, so that they live on one node of a Redis Cluster
and one script may touch them together.
"""

from app.core.message import Ref


class Keys:
    """Make the keys of one galaxy."""

    __slots__ = ("commands", "epoch", "journal", "replicated", "tag", "timers")

    def __init__(self, galaxy: str) -> None:
        self.tag = f"{{g{galaxy}}}:"
        self.epoch = self.tag + "epoch"
        self.journal = self.tag + "journal"
        self.timers = self.tag + "timers"
        self.commands = self.tag + "timers:cmd"
        self.replicated = self.tag + "replicated"

    def aggregate(self, ref: Ref) -> str:
        """Name the hash of an aggregate: `v` version, `d` state, `t` last change ms."""
        return f"{self.tag}a:{ref.kind}:{ref.id}"

    def ref(self, aggregate_key: str) -> Ref:
        """Read the ref back from an aggregate's key."""
        _tag, _a, kind, name = aggregate_key.rsplit(":", 3)
        return Ref(kind, name)

    def aggregates(self) -> str:
        """Name the pattern of all aggregates, for SCAN."""
        return self._pattern("a:*")

    def due(self, ref: Ref) -> str:
        """Name the sorted set of the timers that will touch an aggregate."""
        return f"{self.tag}due:{ref.kind}:{ref.id}"

    def due_indexes(self) -> str:
        """Name the pattern of all due indexes, for SCAN."""
        return self._pattern("due:*")

    def due_ref(self, due_key: str) -> Ref:
        """Read the ref back from a due key."""
        return self.ref(due_key)

    def done(self, command_id: str) -> str:
        """Name the remembered reply of a command."""
        return f"{self.tag}done:{command_id}"

    def trace(self, timer_id: str) -> str:
        """Name what tells which traced commit set a timer."""
        return f"{self.tag}trace:{timer_id}"

    def room(self, room: str) -> str:
        """Name the history of a room and, alike, the channel of its broadcasts."""
        return f"{self.tag}room:{room}"

    def sector(self, place: str) -> str:
        """Name the set of the aggregates that stand in the sector `"<x>:<y>"`."""
        return f"{self.tag}sector:{place}"

    def sectors(self) -> str:
        """Name the pattern of all sector sets, for SCAN."""
        return self._pattern("sector:*")

    def place(self, sector_key: str) -> str:
        """Read the place `"<x>:<y>"` back from a sector's key."""
        return sector_key.removeprefix(self.tag + "sector:")

    def everything(self) -> str:
        """Name the pattern of all keys of the galaxy, for SCAN."""
        return self._pattern("*")

    def _pattern(self, rest: str) -> str:
        return self.tag.replace("{", "\\{").replace("}", "\\}") + rest


def tag_of(key: str) -> str:
    """Read the tag of a galaxy, as `Keys` has it, back from one of its keys."""
    return key[: key.index(":") + 1]


BUS_ALL = "bus:all"
"""Channel of notices to every instance."""


def session(part: str) -> str:
    """Name a key of presence."""
    return f"session:{part}"


def limit(part: str) -> str:
    """Name the count of what was spent in a limit's window."""
    return f"limit:{part}"


def standing(account_id: str) -> str:
    """Name the copy of which tokens of an account still count."""
    return f"session:standing:{account_id}"
