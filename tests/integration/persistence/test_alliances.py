"""Show that Postgres knows who is in which alliance."""

from sqlalchemy import text

from app.core.message import Command
from app.game.alliances.rules import FormAlliance, JoinAlliance, LeaveAlliance
from tests.support.empires import Empires


def test_shows_who_is_in_which_alliance(empires: Empires) -> None:
    alliance = _allied(empires, "ann", "bob", "cid")
    empires.wait_until_drained()
    assert _members(empires) == {"ann": alliance, "bob": alliance, "cid": alliance}
    _run(empires, LeaveAlliance(id="bob/leave", player="bob"))
    form = FormAlliance(id="bob/form", player="bob")
    other = _run(empires, form)
    empires.wait_until_drained()
    assert _members(empires) == {"ann": alliance, "bob": other, "cid": alliance}


def _allied(empires: Empires, *players: str) -> str:
    for player in players:
        empires.join(player)
    founder = players[0]
    formed = _run(empires, FormAlliance(id=f"{founder}/form", player=founder))
    for player in players[1:]:
        join = JoinAlliance(id=f"{player}/enter", player=player, alliance=formed)
        _run(empires, join)
    return formed


def _run(empires: Empires, command: Command) -> str:
    answer = empires.galaxy.dispatcher.dispatch(command)
    assert answer.result is not None, answer
    return answer.result["alliance"]


def _members(empires: Empires) -> dict[str, str]:
    with empires.cluster.postgres.connect() as connection:
        rows = connection.execute(text("SELECT player, alliance FROM alliance_members"))
        return dict(map(tuple, rows))
