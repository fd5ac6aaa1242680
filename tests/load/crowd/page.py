"""Write what a run showed as one HTML page that needs nothing else."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import orjson

from tests.load.crowd.plot import plot
from tests.load.crowd.table import TITLES, rows

RANKS = ("p50", "p95", "p99")
AT_S, FIRST_RANK = 0, 2
"""Places of a second's figures."""
STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:880px;padding:0 1rem;
color:#1c2127;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
table{border-collapse:collapse}td,th{padding:.15rem .8rem .15rem 0;text-align:left;
vertical-align:top}th{font-weight:600;white-space:nowrap}
.missed{color:#b02020}.met{color:#1c7a36}.slow{color:#946200}
svg{width:100%;height:auto}svg line{stroke:#dce0e5}svg text{font-size:11px;fill:#5f6b7c}
svg .y{text-anchor:end}svg .x{text-anchor:middle}
.legend span{margin-right:1.2rem;white-space:nowrap}
.legend i{display:inline-block;width:.8rem;height:.8rem;margin-right:.3rem}
@media(prefers-color-scheme:dark){body{color:#dce0e5;background:#1c2127}
svg line{stroke:#404854}}
"""

Plain = Mapping[str, Any]


def page(plain: Plain) -> str:
    """Write the page of one run; it holds its JSON as well."""
    asked = plain["asked"]
    title = f"{asked['users']} users, {asked['mix']}, {plain['ran_s']:.0f} s"
    parts = [
        f"<h1>{escape(title)}</h1>",
        *_verdict(plain),
        "<h2>Figures</h2>",
        _table(rows(plain)),
        *_search(plain),
        *_plots(plain),
        "<h2>Machine</h2>",
        _table((name, str(value)) for name, value in plain["machine"].items()),
        "<h2>All of it</h2><details><summary>JSON</summary><pre>",
        escape(orjson.dumps(plain, option=orjson.OPT_INDENT_2).decode()),
        "</pre></details>",
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


def _verdict(plain: Plain) -> Iterator[str]:
    for said in plain["generator"]["was_bottleneck"]:
        yield f'<p class="slow">The generator was the bottleneck: {escape(said)}</p>'
    for said in plain["missed"]:
        yield f'<p class="missed">Missed: {escape(said)}</p>'
    if not plain["missed"]:
        yield '<p class="met">Nothing was missed.</p>'


def _table(pairs: Any) -> str:
    lines = (
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in pairs
    )
    return f"<table>{''.join(lines)}</table>"


def _search(plain: Plain) -> Iterator[str]:
    found = plain.get("search")
    if found:
        yield "<h2>Search</h2>"
        yield _table(
            (
                f"{step['users']} users",
                "good" if step["good"] else "; ".join(step["missed"]) or "generator",
            )
            for step in found["steps"]
        )


def _plots(plain: Plain) -> Iterator[str]:
    for name, seconds in plain["seconds"].items():
        if seconds:
            yield f"<h2>{escape(TITLES[name])}, each second</h2>"
            yield plot(
                {
                    rank: [(one[AT_S], one[FIRST_RANK + place]) for one in seconds]
                    for place, rank in enumerate(RANKS)
                },
                "ms",
            )
    yield "<h2>Deliveries and acks</h2>"
    rates = plain["rate_seconds"]
    delivered = [(at_s, heard) for at_s, heard, _acked in rates]
    acked = [(at_s, acked) for at_s, _heard, acked in rates]
    yield plot({"events delivered": delivered, "acks": acked}, "1/s")
    yield "<h2>CPU of each process</h2>"
    names = plain["cpu_seconds"][-1][1] if plain["cpu_seconds"] else ()
    yield plot(
        {
            name: [(at_s, used.get(name, 0.0)) for at_s, used in plain["cpu_seconds"]]
            for name in names
        },
        "% of a core",
    )
