"""What strangers, full disks and sudden ends do: each promise holds, and only by its guard.

The scenarios stand in ``tests/faults/``; ``python -m tests.faults`` tries them, many kills and
random input, and writes the table of ``docs/safety.md``.
"""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults import fuzz, kill
from tests.faults.__main__ import BEGIN, SCENARIOS, tried
from tests.faults.harness import Breach, Guard, Scenario, without


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: f"{s.group}: {s.name}")
def test_promise_holds_by_its_guard(scenario: Scenario) -> None:
    """As the press is, the promise holds; without the guard's line it breaks."""
    if scenario.needs:
        pytest.skip(f"needs {scenario.needs}")
    row = tried(scenario)
    assert row.held, f"{row.result} | {row.without}"


def test_there_are_forty_scenarios_and_more() -> None:
    """Each has a name of its own and a guard."""
    assert len(SCENARIOS) >= 60
    assert len({(s.group, s.name) for s in SCENARIOS}) == len(SCENARIOS)
    assert all(s.guards for s in SCENARIOS)


def test_guards_come_back() -> None:
    """Taking a guard away is for the moment; one that is not there is an error."""
    from press.output import publish

    before = publish.publish.__code__
    with without((Guard("press.output.publish", "publish", 'or b"%%EOF" not in pdf[-1024:]', ""),)):
        assert publish.publish.__code__ is not before
    assert publish.publish.__code__ is before
    nowhere = Guard("press.output.publish", "publish", "nowhere", "")
    with pytest.raises(LookupError), without((nowhere,)):
        pass


def test_kills_lose_nothing(warm: None, pytestconfig: pytest.Config) -> None:
    """Builds that are killed at random moments leave the last PDF whole, and no litter.

    Ten of them; four where slow tests are left out.
    """
    times = 4 if "not slow" in pytestconfig.getoption("-m") else 10
    tally = kill.loop(times, times, signal.SIGKILL, signal.SIGTERM)
    assert tally.kills == times
    assert tally.faults == ()


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_random_input_gives_values_or_findings(name: str) -> None:
    """Whatever is read, nothing comes out but values and findings."""
    assert fuzz.by_hypothesis(fuzz.TARGETS[name], fuzz.SEEDS[name], 0.2) >= fuzz.LEAST


def test_the_table_is_there() -> None:
    """The document has its table, with the kills, and nothing in it is broken."""
    text = (ROOT / "docs" / "safety.md").read_text("utf-8")
    _, _, rows = text.partition(BEGIN)
    assert all(scenario.name in rows for scenario in SCENARIOS)
    assert "SIGKILL" in rows
    assert "**BROKEN**" not in rows


def test_a_breach_is_seen() -> None:
    """The harness notices a promise that does not hold."""
    from dataclasses import replace

    def breach(_: Path) -> str:
        raise Breach("it broke")

    scenario = replace(SCENARIOS[0], attempt=breach)
    assert not tried(scenario).held
