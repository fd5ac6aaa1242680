"""Record every number that a page shows of a battle, and compare with what was true.

A page is read at each change of it, so that a wrong number is found even where it stood
for a moment only.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from playwright.sync_api import Page, WebSocket

READINGS_MAX = 5_000
PIRATES = "Pirates"

_RECORD = """(most) => {
    const all = (within, what) => [...within.querySelectorAll(what)];
    const numbers = (text) => (text.match(/\\d+/g) ?? []).map(Number);
    const plain = (one) => one.textContent.replace(/,/g, "");
    const row = (cells) => {
        const [name, , left, lost, dealt] = cells.map(plain);
        return [name, Number(left), Number(lost), Number(dealt)];
    };
    const card = (one) => [
        one.querySelector("h3").textContent,
        ...all(one, "li[title]").map(({ title }) => numbers(title)),
    ];
    const look = (main) => [
        all(main, "tbody tr").map((one) => row(all(one, "th, td"))),
        all(main, "article[data-stance]").map(card),
        all(main, "ul > li[data-stance] > strong").map(plain).map(Number),
        all(main, "ol > li > strong").map(plain).flatMap(numbers),
    ];
    const read = () => {
        const main = document.querySelector("main");
        if (main === null || all(main, "article[data-stance]").length === 0) return;
        const seen = {
            status: document.querySelector("button[data-status]").dataset.status,
            isBehind: main.querySelector('[aria-busy="true"]') !== null,
            numbers: look(main),
        };
        const last = window.readings.at(-1)?.seen;
        const isNew = JSON.stringify(last) !== JSON.stringify(seen);
        if (isNew && window.readings.length < most) {
            window.readings.push({ at_ms: Date.now(), seen });
        }
    };
    window.readings = [];
    const every = { childList: true, characterData: true, attributes: true };
    new MutationObserver(read).observe(document.body, { subtree: true, ...every });
    read();
}"""


def record(page: Page) -> None:
    """Read what the page shows of a battle from now on, at each change."""
    page.evaluate(_RECORD, READINGS_MAX)


def readings(page: Page) -> list[dict[str, Any]]:
    """Give what was read: when, the badge's status, whether it said to be behind."""
    found: list[dict[str, Any]] = page.evaluate("window.readings")
    assert len(found) < READINGS_MAX
    return [{"at_ms": one["at_ms"], **one["seen"]} for one in found]


def numbers(view: Mapping[str, Any]) -> list[Any]:
    """Give the numbers that a page has to show of a battle's view, or of a step."""
    forces = list(view["forces"].values())
    names = [PIRATES if one["kind"] == "npc" else one["username"] for one in forces]
    sides = sorted({one["side"] for one in forces})
    named = list(zip(names, forces, strict=True))
    return [
        [
            [name, _sum(one, "ships"), _sum(one, "lost"), one["dealt"]]
            for name, one in named
        ],
        [[name, *_lines(one)] for name, one in named],
        [
            sum(_sum(one, "ships") for one in forces if one["side"] == side)
            for side in sides
        ],
        [one["points"] for one in view["scores"]],
    ]


def _sum(force: Mapping[str, Any], what: str) -> int:
    return sum(force[what].values())


def _lines(force: Mapping[str, Any]) -> list[list[int]]:
    """Give what is left and lost of each unit, most numerous first."""
    units = force["ships"].keys() | force["lost"].keys()
    counts = {
        unit: [force["ships"].get(unit, 0), force["lost"].get(unit, 0)]
        for unit in units
    }
    known = [unit for unit in counts if sum(counts[unit])]
    return [
        counts[unit] for unit in sorted(known, key=lambda one: (-sum(counts[one]), one))
    ]


def wrong(found: Iterable[Mapping[str, Any]], steps: Mapping[int, Any]) -> list[Any]:
    """Give the readings that are of no step, or older than what was shown before."""
    truth = [numbers(steps[tick]) for tick in sorted(steps)]
    at, flaws = 0, []
    for reading in found:
        later = [
            each for each in range(at, len(truth)) if truth[each] == reading["numbers"]
        ]
        if later:
            at = later[0]
        else:
            flaws.append(reading)
    return flaws


class Frames:
    """Keep what a page's sockets receive; to be made before the page is opened."""

    def __init__(self, page: Page) -> None:
        self.texts: list[str] = []
        page.on("websocket", self._open)

    def _open(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._take)

    def _take(self, frame: str | bytes) -> None:
        self.texts.append(frame if isinstance(frame, str) else frame.decode("latin-1"))

    def steps(self, battle: str) -> dict[int, Any]:
        """Give the steps of a battle that were told, by tick."""
        return steps_of(self._events(f"battle:{battle}"))

    def views(self, battle: str) -> dict[int, Any]:
        """Give what answers showed of a battle as it was, by tick."""
        room = f"battle:{battle}"
        answers = (one["rooms"].get(room, {}) for one in self._results())
        shown = [one["snapshot"]["battles"] for one in answers if "snapshot" in one]
        return {one[battle]["tick"]: one[battle] for one in shown if battle in one}

    def _results(self) -> Iterable[dict[str, Any]]:
        for text in self.texts:
            if text.startswith("43"):
                result = json.loads(text[text.index("[") :])[0].get("result")
                if result and "rooms" in result:
                    yield result

    def _events(self, room: str) -> Iterable[dict[str, Any]]:
        for text in self.texts:
            if not text.startswith('42["events",'):
                continue
            batch = json.loads(text.removeprefix("42"))[1]
            if batch["room"] == room:
                yield from batch["events"]


def steps_of(events: Iterable[Mapping[str, Any]]) -> dict[int, Any]:
    """Give what events tell of a battle's steps, by tick."""
    changes = (event.get("changes") or {} for event in events)
    return {one["tick"]: one for one in changes if "tick" in one and "forces" in one}
