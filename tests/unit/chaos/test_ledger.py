"""An operation is ok, refused or unknown, and Postgres must agree."""

from typing import Any

import pytest

from tests.load.chaos.ledger import OK, REFUSED, UNKNOWN, Ledger
from tests.load.tally import Attempt

NAME = "p1/c1"
RENAME = "colonies.rename"


def ok(**result: Any) -> dict[str, Any]:
    return {"ok": True, "id": "c1", "at_ms": 1, "result": result}


def refused(code: str) -> dict[str, Any]:
    return {"ok": False, "id": "c1", "at_ms": 1, "error": {"code": code}}


def after(*answers: dict[str, Any] | None, name: str = RENAME) -> Ledger:
    """Send one command so often; None is no answer."""
    lines: list[dict[str, Any]] = []
    ledger = Ledger(lines.append, lambda: 0.0)
    for body in answers:
        attempt = Attempt("p1", name, {"id": "c1"})
        ledger.note(attempt)
        if body is not None:
            ledger.note(attempt._replace(body=body))
    return ledger


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ((ok(),), OK),
        ((None, ok()), OK),
        ((refused("unavailable"), ok()), OK),
        ((ok(), refused("rate_limited")), OK),
        ((refused("not_found"),), REFUSED),
        ((None, refused("not_found")), REFUSED),
        ((refused("rate_limited"),), REFUSED),
        ((refused("busy"), refused("busy")), REFUSED),
        ((None,), UNKNOWN),
        ((None, refused("rate_limited")), UNKNOWN),
        ((refused("unavailable"),), UNKNOWN),
        ((refused("internal"), refused("invalid")), UNKNOWN),
    ],
)
def test_all_attempts_together_make_the_outcome(
    answers: tuple[dict[str, Any] | None, ...], outcome: str
) -> None:
    assert after(*answers).outcomes() == {outcome: 1}


@pytest.mark.parametrize(
    ("answer", "counts"),
    [(ok(), {1}), (refused("not_found"), {0}), (None, {0, 1})],
)
def test_postgres_must_have_it_as_often_as_the_outcome_says(
    answer: dict[str, Any] | None, counts: set[int]
) -> None:
    ledger = after(answer)
    fine = {count for count in range(3) if not ledger.wrongs({NAME: count})}
    assert fine == counts


def test_what_was_only_asked_may_leave_no_trace() -> None:
    assert after(ok(), name="colonies.sync").wrongs({}) == []


def test_one_id_has_one_answer() -> None:
    assert after(ok(order="a"), ok(order="a")).wrongs({NAME: 1}) == []
    [wrong] = after(ok(order="a"), ok(order="b")).wrongs({NAME: 1})
    assert "two answers" in wrong


def test_every_sending_answer_and_outcome_is_a_line() -> None:
    lines: list[dict[str, Any]] = []
    ledger = Ledger(lines.append, lambda: 1.5)
    attempt = Attempt("p1", RENAME, {"id": "c1", "name": "Ada"})
    ledger.note(attempt)
    ledger.note(attempt._replace(body=ok()))
    ledger.finish()
    assert lines == [
        {"s": 1.5, "id": NAME, "sent": RENAME, "data": {"id": "c1", "name": "Ada"}},
        {"s": 1.5, "id": NAME, "answer": ok()},
        {"id": NAME, "name": RENAME, "outcome": OK},
    ]
