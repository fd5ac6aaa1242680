"""Scan the history for cheats, behind the persister and at its own pace.

How far it is, and what one scan hands to the next, moves in the transaction that keeps
the flags: a scan that dies is done again and raises the same flags.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from time import monotonic

import structlog
from celery import shared_task
from msgspec import convert, to_builtins
from sqlalchemy import Connection

from app.cluster import Cluster
from app.core.units import DAY_MS, SECOND_MS
from app.engine import checkpoint, metrics
from app.engine.codec import Codec
from app.game.anticheat.model.flag import Flag
from app.game.anticheat.model.happened import Happened
from app.game.anticheat.model.traces import Action, Effort, Gift, Pair, Seen
from app.game.anticheat.model.watch import Watch
from app.game.anticheat.projection import flags, flows, history
from app.game.anticheat.projection.history import Reader, Stretch
from app.game.anticheat.rules.gather import SIGHTINGS, claims_of, forecasts_of, legs_of
from app.game.anticheat.rules.pairs import pairs
from app.game.anticheat.rules.plunder import gifts_of
from app.game.anticheat.rules.transfers import ARMS, SHARERS_MAX, TRANSFERS
from app.game.anticheat.rules.watch import watch
from app.game.colonies.model import state as colonies
from app.game.colonies.model.events import ClaimNoted
from app.game.combat.model import state as battles
from app.game.combat.model.events import PlunderTaken
from app.web import addresses
from workers import locks, process
from workers.moderation import Moderation
from workers.pace import leaving

READER = "anticheat"
BUDGET_S = 20.0
COMMITS_MAX = 20_000
"""Commits that one step looks at."""
LOOKED_AT = (*SIGHTINGS, ClaimNoted, PlunderTaken)

log = structlog.get_logger()


@shared_task(name="workers.anticheat.scan", ignore_result=True)
def scan() -> None:
    """Scan every galaxy up to where the persister is."""
    cluster = process.cluster()
    process.in_each_galaxy(lambda name: scan_galaxy(cluster, name))
    seconds, _micros = cluster.bus.time()
    Moderation(cluster).confirm_sure(int(seconds) * SECOND_MS)


def scan_galaxy(cluster: Cluster, galaxy: str) -> None:
    """Scan one galaxy, in steps, until it is through or its time is up."""
    deadline = monotonic() + BUDGET_S
    codec, shadow = cluster.galaxy(galaxy).codec, cluster.settings.anticheat_shadow
    while monotonic() < deadline and not leaving.is_set():
        with cluster.postgres.begin() as connection:
            if not locks.take(connection, galaxy, locks.SCAN):
                return
            found, behind = _step(connection, galaxy, codec, shadow=shadow)
        tell(galaxy, found, shadow=shadow)
        metrics.CHEAT_SCAN_LAG_COMMITS.labels(galaxy, READER).set(behind)
        if not behind:
            break
    now_s = int(cluster.galaxy(galaxy).store.client.time()[0])
    with cluster.postgres.begin() as connection:
        flows.prune(connection, galaxy, now_s * SECOND_MS)
        addresses.prune(connection)


def _step(
    connection: Connection, galaxy: str, codec: Codec, *, shadow: bool
) -> tuple[list[Flag], int]:
    """Look at the next commits; give what was found anew, and how many more wait."""
    position, carry = checkpoint.carried(connection, galaxy, READER)
    stretch = history.next_stretch(connection, galaxy, position, COMMITS_MAX)
    if stretch is None:
        return [], 0
    seen = _seen(connection, galaxy, codec, stretch)
    kept, found = watch(convert(carry, Watch), seen)
    new = flags.keep(connection, galaxy, found, shadow=shadow)
    flows.spend(connection, galaxy, _flagged_pairs(found))
    checkpoint.carry(
        connection,
        galaxy,
        READER,
        position=stretch.last,
        carry=to_builtins(kept),
    )
    return new, stretch.behind


def _seen(connection: Connection, galaxy: str, codec: Codec, stretch: Stretch) -> Seen:
    """Read all that detectors look at; keep what later stretches need of it."""
    reader = Reader(connection, galaxy, codec)
    sent = history.actions(connection, galaxy, stretch)
    flows.add_efforts(connection, galaxy, _efforts(sent))
    found = reader.events(stretch, LOOKED_AT)
    fleets = {one.subject for one in found if isinstance(one.event, SIGHTINGS)}
    before = reader.sighted_before(fleets, stretch.after)
    return Seen(
        at_ms=stretch.at_ms,
        actions=sent,
        claims=claims_of(found, _capacities(reader, found)),
        forecasts=forecasts_of(found),
        legs=legs_of(found, before, reader.owners("fleet", fleets)),
        pairs=_pairs(connection, galaxy, _gifts(reader, found), stretch.at_ms),
    )


def _efforts(sent: dict[str, list[Action]]) -> dict[tuple[str, int], Effort]:
    """Count what each player did on each day."""
    did: Counter[tuple[str, int]] = Counter()
    arms: Counter[tuple[str, int]] = Counter()
    for player, actions in sent.items():
        for action in actions:
            day = player, action.at_ms // DAY_MS
            did[day] += 1
            arms[day] += action.name in ARMS
    return {day: Effort(count, arms[day]) for day, count in did.items()}


def _capacities(reader: Reader, found: Iterable[Happened]) -> dict[str, dict[str, int]]:
    claimed = {one.subject for one in found if isinstance(one.event, ClaimNoted)}
    states = reader.states(colonies.KIND, claimed)
    return {
        colony: state.stock.production.capacities_milli
        for colony, state in states.items()
    }


def _gifts(reader: Reader, found: Iterable[Happened]) -> list[Gift]:
    plundered = {one.subject for one in found if isinstance(one.event, PlunderTaken)}
    return list(gifts_of(found, reader.states(battles.KIND, plundered)))


def _pairs(
    connection: Connection, galaxy: str, gifts: Sequence[Gift], now_ms: int
) -> list[Pair]:
    """Keep gifts, and pair those who gave with all who had something of them."""
    if not gifts:
        return []
    flows.add_gifts(connection, galaxy, gifts)
    senders = {gift.sender for gift in gifts}
    around = flows.gifts_around(connection, galaxy, senders, now_ms)
    accounts = {gift.sender for gift in around} | {gift.receiver for gift in around}
    return pairs(
        senders,
        around,
        flows.efforts_of(connection, galaxy, accounts, now_ms),
        addresses.sharers(connection, accounts, SHARERS_MAX),
    )


def _flagged_pairs(found: Iterable[Flag]) -> list[tuple[str, str]]:
    return [
        (flag.evidence["sender"], flag.evidence["receiver"])
        for flag in found
        if flag.detector == TRANSFERS and flag.evidence["role"] == "sender"
    ]


def tell(galaxy: str, found: Sequence[Flag], *, shadow: bool) -> None:
    """Count flags, and write them to the log."""
    for flag in found:
        metrics.CHEAT_FLAGS.labels(flag.detector).inc()
        log.warning(
            "cheat flagged",
            galaxy=galaxy,
            player_id=flag.player,
            detector=flag.detector,
            confidence_percent=flag.confidence_percent,
            shadow=shadow,
        )
