"""Draw lines over time as inline SVG: no script, no other host."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 860, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 28
TICKS = 5
COLOURS = (
    "#2f6fde",
    "#d9822b",
    "#c23030",
    "#29a634",
    "#8f398f",
    "#00b3a4",
    "#8a5a2b",
    "#5c7080",
    "#db2c6f",
    "#96622d",
    "#634dbf",
    "#0d8050",
)

Points = Sequence[tuple[float, float]]


def plot(lines: Mapping[str, Points], unit: str) -> str:
    """Draw named lines over seconds, from zero to a round number of the unit."""
    drawn = {name: points for name, points in lines.items() if points}
    if not drawn:
        return "<p>Nothing was measured.</p>"
    last = max(x for points in drawn.values() for x, _y in points) or 1.0
    high = _round_up(max(y for points in drawn.values() for _x, y in points))
    parts = [*_grid(last, high, unit)]
    for number, (name, points) in enumerate(drawn.items()):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{_x(x, last):.1f},{_y(y, high):.1f}" for x, y in points)
        parts.append(
            f'<polyline fill="none" stroke="{colour}" stroke-width="1.5"'
            f' points="{path}"><title>{escape(name)}</title></polyline>'
        )
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg {size} role="img">{"".join(parts)}</svg>{_legend(drawn)}'


def _grid(last: float, high: float, unit: str) -> Iterator[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for step in range(TICKS + 1):
        value, second = high * step / TICKS, last * step / TICKS
        y, x = _y(value, high), _x(second, last)
        yield f'<line x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" class="y">{value:g}</text>'
        yield f'<text x="{x:.1f}" y="{bottom + 18}" class="x">{second:.0f} s</text>'
    yield f'<text x="{LEFT + 4}" y="{TOP + 10}">{escape(unit)}</text>'


def _legend(lines: Mapping[str, Points]) -> str:
    entries = (
        f'<span><i style="background:{COLOURS[number % len(COLOURS)]}"></i>'
        f"{escape(name)}</span>"
        for number, name in enumerate(lines)
    )
    return f'<p class="legend">{"".join(entries)}</p>'


def _x(second: float, last: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * second / last


def _y(value: float, high: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / high


def _round_up(value: float) -> float:
    """Give the next of 1, 2, 5 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    for step in (1, 2, 5, 10):
        if value <= step * power:
            return step * power
    return float(ceil(value))
