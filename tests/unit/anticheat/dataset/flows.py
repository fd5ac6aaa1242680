"""Make traces of goods between accounts: raids, gifts, households, and feeders."""

from collections.abc import Iterable, Mapping
from random import Random

from app.core.units import MINUTE_MS, to_milli
from app.game.anticheat.model.traces import Effort, Gift
from app.game.anticheat.rules.transfers import TRANSFERS
from tests.unit.anticheat.dataset.trace import Trace, day

DAYS = 20


class World:
    """Gather what happens between some accounts in three weeks."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.gifts: list[Gift] = []
        self.efforts: dict[str, Effort] = {}

    def raid(
        self, loser: str, winner: str, at_day: float, stakes_percent: float
    ) -> None:
        """Take what a raid takes; ships of `stakes_percent` of its value fall."""
        for wave in range(self.chance.choice((1, 1, 1, 2))):
            value = int(self.chance.lognormvariate(7, 0.8) * to_milli(1)) + 1
            gift = Gift(
                sender=loser,
                receiver=winner,
                at_ms=day(at_day) + wave * 5 * MINUTE_MS,
                source=f"{loser}/{winner}/{at_day}/{wave}",
                value_milli=value,
                stakes_milli=int(value * stakes_percent / 100),
            )
            self.gifts.append(gift)

    def raids(
        self,
        loser: str,
        winner: str,
        days: Iterable[float],
        stakes: tuple[float, float],
    ) -> None:
        """Raid on some days, with stakes in percent drawn from a range."""
        for at_day in days:
            self.raid(loser, winner, at_day, self.chance.uniform(*stakes))

    def plays(self, player: str, actions: int, arms_percent: float) -> None:
        """Let an account do so much, a part of it for war."""
        self.efforts[player] = Effort(actions, int(actions * arms_percent / 100))

    def days(self, count: int, begin: float = 0, end: float = DAYS) -> list[float]:
        """Draw some days, in order."""
        return sorted(self.chance.uniform(begin, end) for _ in range(count))

    def trace(
        self,
        *culprits: str,
        homes: Mapping[frozenset[str], int] | None = None,
    ) -> Trace:
        """Label what was gathered."""
        return Trace(
            detector=TRANSFERS if culprits else "",
            culprits=frozenset(culprits),
            gifts=tuple(sorted(self.gifts, key=lambda one: one.at_ms)),
            efforts=self.efforts,
            sharers=homes or {},
        )


def at_home(*players: str, sharers: int = 0) -> dict[frozenset[str], int]:
    """Let players share an address with each other, and maybe with more."""
    count = sharers or len(players)
    return {
        frozenset((one, other)): count
        for one in players
        for other in players
        if one < other
    }


def household(chance: Random) -> Trace:
    """Live together and play apart; strangers raid one of them now and then."""
    world = World(chance)
    members = [f"h{i}" for i in range(chance.randint(2, 5))]
    for member in members:
        world.plays(member, chance.randint(5, 4_000), chance.uniform(0, 60))
    for i in range(chance.randint(0, 12)):
        loser = chance.choice(members)
        world.raid(loser, f"stranger{i % 3}", chance.uniform(0, DAYS), 20)
    return world.trace(homes=at_home(*members))


def sparring_siblings(chance: Random) -> Trace:
    """Raid each other at home, for the fun of it; the better one wins more."""
    world = World(chance)
    for player in ("ann", "bob"):
        world.plays(player, chance.randint(200, 3_000), chance.uniform(25, 60))
    world.raids("ann", "bob", world.days(chance.randint(2, 10)), (2, 90))
    world.raids("bob", "ann", world.days(chance.randint(1, 4)), (2, 90))
    return world.trace(homes=at_home("ann", "bob"))


def retired_sibling(chance: Random) -> Trace:
    """Leave the game; the sibling takes what is left."""
    world = World(chance)
    world.plays("bob", chance.randint(200, 3_000), chance.uniform(20, 60))
    world.raids("ann", "bob", world.days(chance.randint(2, 12)), (0, 0))
    return world.trace(homes=at_home("ann", "bob"))


def raided_by_many(chance: Random) -> Trace:
    """Defend, train, and lose to several; raid back where possible."""
    world = World(chance)
    world.plays("victim", chance.randint(60, 2_000), chance.uniform(20, 60))
    for i in range(chance.randint(2, 7)):
        raider = f"raider{i}"
        world.plays(raider, chance.randint(300, 5_000), chance.uniform(30, 70))
        world.raids("victim", raider, world.days(chance.randint(1, 9)), (3, 80))
    if chance.random() < 0.5:
        world.raids("raider0", "victim", world.days(chance.randint(1, 4)), (10, 80))
    return world.trace()


def raider_of_many(chance: Random) -> Trace:
    """Raid weak neighbours over and over; some have left, some defend in vain."""
    world = World(chance)
    world.plays("raider", chance.randint(500, 6_000), chance.uniform(40, 70))
    for i in range(chance.randint(3, 10)):
        victim = f"victim{i}"
        has_left = chance.random() < 0.4
        if not has_left:
            world.plays(victim, chance.randint(30, 900), chance.uniform(10, 50))
        stakes = (0, 0) if has_left else (3, 60)
        world.raids(victim, "raider", world.days(chance.randint(2, 14)), stakes)
    return world.trace()


def newcomer(chance: Random) -> Trace:
    """Be raided by one strong neighbour after the shield, and hardly know what to do.

    Most begin to train; some give up after some days.
    """
    world = World(chance)
    world.plays("new", chance.randint(20, 250), chance.uniform(2, 35))
    world.plays("strong", chance.randint(300, 4_000), chance.uniform(30, 70))
    end = chance.uniform(5, 14)
    days = world.days(chance.randint(2, 9), 3, end)
    world.raids("new", "strong", days, (0, 30))
    if chance.random() < 0.6:
        world.raids("new", "other", world.days(chance.randint(1, 4), 3, end), (0, 30))
    return world.trace()


def gift_once(chance: Random) -> Trace:
    """Help a mate of one's alliance once or twice, even one of the same house."""
    world = World(chance)
    for player in ("giver", "mate"):
        world.plays(player, chance.randint(100, 3_000), chance.uniform(10, 60))
    world.raids("giver", "mate", world.days(chance.randint(1, 2)), (0, 0))
    return world.trace(homes=at_home("giver", "mate") if chance.random() < 0.3 else {})


def rivals(chance: Random) -> Trace:
    """Raid each other, to and fro."""
    world = World(chance)
    for player in ("red", "blue"):
        world.plays(player, chance.randint(300, 4_000), chance.uniform(30, 70))
    world.raids("red", "blue", world.days(chance.randint(4, 20)), (0, 90))
    world.raids("blue", "red", world.days(chance.randint(4, 20)), (0, 90))
    return world.trace()


def school(chance: Random) -> Trace:
    """Play from behind one address with half a town, and raid each other."""
    world = World(chance)
    pupils = [f"s{i}" for i in range(chance.randint(8, 14))]
    for pupil in pupils:
        world.plays(pupil, chance.randint(20, 800), chance.uniform(5, 50))
    strong = pupils[0]
    for pupil in pupils[1:]:
        days = world.days(chance.randint(0, 6))
        world.raids(pupil, strong, days, (0, 60))
    return world.trace(homes=at_home(*pupils))


def feeder(chance: Random) -> Trace:
    """Build mines on a second account of the house, and take what they give."""
    world = World(chance)
    world.plays("main", chance.randint(400, 4_000), chance.uniform(30, 60))
    world.plays("farm", chance.randint(15, 250), chance.uniform(0, 8))
    world.raids("farm", "main", world.days(chance.randint(4, 25)), (0, 1))
    return world.trace("farm", "main", homes=at_home("farm", "main"))


def farms(chance: Random) -> Trace:
    """Feed one account by several."""
    world = World(chance)
    names = [f"farm{i}" for i in range(chance.randint(2, 4))]
    world.plays("main", chance.randint(600, 5_000), chance.uniform(30, 60))
    for name in names:
        world.plays(name, chance.randint(15, 150), chance.uniform(0, 8))
        world.raids(name, "main", world.days(chance.randint(4, 15)), (0, 1))
    return world.trace("main", *names, homes=at_home("main", *names))


def distant_feeder(chance: Random) -> Trace:
    """Feed from another address, as through a provider of such."""
    world = World(chance)
    world.plays("main", chance.randint(400, 4_000), chance.uniform(30, 60))
    world.plays("farm", chance.randint(30, 250), 0)
    world.raids("farm", "main", world.days(chance.randint(8, 30)), (0, 1))
    return world.trace("farm", "main")


def feeder_with_decoys(chance: Random) -> Trace:
    """Let strangers raid the farm, too, and give a little back."""
    world = World(chance)
    world.plays("main", chance.randint(400, 4_000), chance.uniform(30, 60))
    world.plays("farm", chance.randint(30, 250), chance.uniform(0, 15))
    count = chance.randint(8, 25)
    world.raids("farm", "main", world.days(count), (0, 1))
    world.raids("farm", "stranger", world.days(max(1, count // 8)), (0, 30))
    return world.trace("farm", "main", homes=at_home("farm", "main"))


def feeder_with_mock_fights(chance: Random) -> Trace:
    """Lose a ship or two in each raid, so that it looks like a fight."""
    world = World(chance)
    world.plays("main", chance.randint(400, 4_000), chance.uniform(30, 60))
    world.plays("farm", chance.randint(40, 250), chance.uniform(5, 18))
    world.raids("farm", "main", world.days(chance.randint(6, 25)), (0.5, 6))
    return world.trace("farm", "main", homes=at_home("farm", "main"))


def careful_feeder(chance: Random) -> Trace:
    """Fight for real in some raids, and arm as others do."""
    world = World(chance)
    world.plays("main", chance.randint(400, 4_000), chance.uniform(30, 60))
    world.plays("farm", chance.randint(40, 400), chance.uniform(15, 35))
    days = world.days(chance.randint(6, 25))
    world.raids("farm", "main", days[::3], (10, 40))
    world.raids("farm", "main", days[1::3] + days[2::3], (0, 4))
    homes = at_home("farm", "main") if chance.random() < 0.5 else {}
    return world.trace("farm", "main", homes=homes)
