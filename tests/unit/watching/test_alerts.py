"""Every alert stays calm while all is well, and fires with the right words."""

import re
from typing import Any

import pytest

from deploy.local.folders import ROOT
from tests.support.alerting import Rules, seconds

FOLDER = ROOT / "deploy" / "prometheus"
RULES = Rules(FOLDER / "alerts.test.yml")
ALERTS = {rule["alert"]: rule for rule in RULES.rules if "alert" in rule}
SEVERITIES = {"page", "warn"}


@pytest.mark.parametrize("test", RULES.tests, ids=lambda test: test["name"])
def test_fires_when_it_should(test: dict[str, Any]) -> None:
    for case in test["alert_rule_test"]:
        at_s = seconds(case["eval_time"])
        fired = RULES.firing(test, case["alertname"], at_s)

        expected = [
            (one["exp_labels"], one["exp_annotations"]) for one in case["exp_alerts"]
        ]
        assert fired == expected


def test_every_alert_is_seen_calm_and_firing() -> None:
    seen = {
        (case["alertname"], bool(case["exp_alerts"]))
        for test in RULES.tests
        for case in test["alert_rule_test"]
    }

    assert seen == {(name, fires) for name in ALERTS for fires in (False, True)}


@pytest.mark.parametrize("name", ALERTS)
def test_says_what_to_do(name: str) -> None:
    rule = ALERTS[name]
    file, anchor = rule["annotations"]["runbook"].split("#")
    text = (ROOT / file).read_text()

    assert rule["labels"]["severity"] in SEVERITIES
    assert f'<a id="{anchor}"></a>' in text
    [row] = [line for line in text.splitlines() if f'<a id="{anchor}"></a>' in line]
    assert re.search(rf"`{name}`", row), f"{name} is not in the row of {anchor}"
