"""Fight the same battles one ship after the other, in plain Python.

It follows the rules of battles as the engine's docstrings tell them, and shares with
the engine the table of units, where entities stand at the start, and nothing else. It
is slow and has no shortcuts: each tick everyone looks whether they could fire.
"""

from dataclasses import dataclass
from hashlib import sha256
from math import isqrt

from app.game.colonies.model.units import UNITS
from app.game.combat.model.engine.run import begin, rows
from app.game.combat.model.engine.spec import Force

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
LOOK_TICKS = 10


@dataclass
class Ship:
    index: int
    force: int
    side: int
    unit: str
    count: int
    hp: int
    each: int
    attack: int
    defense: int
    range: int
    speed: int
    rate: int
    x: int
    y: int
    vx: int = 0
    vy: int = 0
    target: int = -1
    look: int = 0
    ready: int = 0


def toward_zero(amount: int, divisor: int) -> int:
    quotient = abs(amount) // divisor
    return quotient if amount >= 0 else -quotient


def draw(seed: int, tick: int, entity: int) -> int:
    z = (seed + ((tick << 20) + entity + 1) * GOLDEN) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return 80 + ((((z ^ (z >> 31)) >> 32) * 41) >> 32)


class Scalar:
    """Hold a battle of forces that all are there from the start, without orders."""

    def __init__(self, seed: int, forces: tuple[Force, ...]) -> None:
        self.seed, self.tick = seed, 0
        self.ships: list[Ship] = []
        place = {force.id: index for index, force in enumerate(forces)}
        for index, row in enumerate(rows(begin(seed, forces), forces)):
            force, unit = forces[place[row.force]], UNITS[row.unit]
            percent = {
                name: 100 + force.modifiers.get(name, 0)
                for name in ("attack", "hp", "defense", "range", "speed")
            }
            each = unit.hp * 10 * percent["hp"]
            ship = Ship(
                index=index,
                force=place[row.force],
                side=force.side,
                unit=row.unit,
                count=row.ships,
                hp=each * row.ships,
                each=each,
                attack=unit.attack * 10 * percent["attack"],
                defense=unit.defense * 10 * percent["defense"],
                range=unit.range * percent["range"] // 100 + 2,
                speed=unit.speed * 10 * percent["speed"],
                rate=unit.fire_rate,
                x=row.x_milli,
                y=row.y_milli,
            )
            self.ships.append(ship)

    def step(self) -> None:
        self.tick += 1
        on = [ship for ship in self.ships if ship.hp]
        wishes = [self.wish(ship) for ship in on]
        for ship, (x, y) in zip(on, wishes, strict=True):
            ship.vx += toward_zero(x - ship.vx, 10)
            ship.vy += toward_zero(y - ship.vy, 10)
            ship.x += toward_zero(ship.vx, 10)
            ship.y += toward_zero(ship.vy, 10)
        self.strike([shot for ship in on for shot in self.shot(ship)])
        for ship in self.ships:
            if not ship.hp:
                ship.vx = ship.vy = 0
            if not ship.hp or (ship.target >= 0 and not self.ships[ship.target].hp):
                ship.target = -1

    def wish(self, ship: Ship) -> tuple[int, int]:
        if ship.target < 0:
            return 0, 0
        target = self.ships[ship.target]
        x, y = target.x - ship.x, target.y - ship.y
        square, pace = self.square(ship, target), 70
        if 100 * square > 49 * ship.range**2:
            pace = 100
        elif 100 * square < 16 * ship.range**2:
            pace = -50
        else:
            x, y = -y, x
        while max(abs(x), abs(y)) >= 1 << 11:
            # The engine takes all steps at once: so does this, bits only fall off.
            x, y = toward_zero(x, 8), toward_zero(y, 8)
        length = max(isqrt(max(x * x + y * y, 1) - 1) + 1, 1)
        speed = toward_zero(ship.speed * pace, 100)
        return toward_zero(x * speed, length), toward_zero(y * speed, length)

    def square(self, one: Ship, other: Ship) -> int:
        x = one.x // 1000 - other.x // 1000
        return x * x + (one.y // 1000 - other.y // 1000) ** 2

    def shot(self, ship: Ship) -> list[tuple[Ship, Ship]]:
        enemies = [one for one in self.ships if one.hp and one.side != ship.side]
        near = [one for one in enemies if self.square(ship, one) <= ship.range**2]
        must = self.tick >= ship.look or ship.target < 0
        if near and (must or self.tick >= ship.ready):
            assert must, "it could fire, but the engine would not look"
            best = max(near, key=lambda one: (self.score(ship, one), -one.index))
            ship.target, ship.look = best.index, ship.ready
            if self.tick >= ship.ready:
                ship.look = ship.ready = self.tick + ship.rate
                return [(ship, best)]
        elif must:
            nearest = min(enemies, key=lambda one: (self.square(ship, one), one.index))
            ship.target = nearest.index
            ship.look = self.tick + self.wait(ship, self.square(ship, nearest))
        return []

    def wait(self, ship: Ship, square: int) -> int:
        fastest = max(one.speed for one in self.ships)
        free = (isqrt(square) - ship.range - 3) * 10_000
        return min(max(free // (ship.speed + fastest) + 1, 1), LOOK_TICKS)

    def score(self, ship: Ship, target: Ship) -> int:
        hp = target.hp // (target.count * 1000)
        distance = isqrt(self.square(ship, target))
        return 3 * (1000 - hp) + 5 * (1000 - distance) + 2 * (target.attack // 1000)

    def strike(self, shots: list[tuple[Ship, Ship]]) -> None:
        damages = []
        for ship, target in shots:
            base = ship.attack - target.defense // 2
            counter = UNITS[ship.unit].counters.get(target.unit, 100)
            each = base * draw(self.seed, self.tick, ship.index) * counter // 10_000
            damages.append((target, max(each, 1000) * -(-ship.hp // ship.each)))
        for target, damage in damages:
            target.hp = max(target.hp - damage, 0)

    def packed_hash(self) -> str:
        """Hash what changes of the entities, as the engine lays it out."""
        columns = [
            (["x", "y", "vx", "vy"], 4),
            (["hp"], 8),
            (["target", "look", "ready"], 2),
        ]
        body = b"".join(
            getattr(ship, name).to_bytes(width, "little", signed=True)
            for names, width in columns
            for name in names
            for ship in self.ships
        )
        return sha256(body).hexdigest()
