"""Tries everything and prints what came of it; ``--write FILE`` puts the table into a document.

python -m tests.faults                     every scenario, with its guard and without
python -m tests.faults --kills 250         and builds killed at random moments
python -m tests.faults --fuzz 60           and random input, 60 seconds for each reader
python -m tests.faults … --write docs/safety.md
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from press.jobs import sandbox
from tests.faults import fuzz, kill, machine, reading
from tests.faults.harness import Breach, Scenario, patient, without

SCENARIOS = (*reading.SCENARIOS, *machine.SCENARIOS)
BEGIN, END = "<!-- tried: python -m tests.faults -->", "<!-- end -->"


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    group: str
    tried: str
    times: str
    result: str
    without: str
    guard: str = ""
    held: bool = True


def tried(scenario: Scenario) -> Row:
    """A scenario as it stands, and with its guards taken away."""
    guards = ", ".join(dict.fromkeys(f"`{guard}`" for guard in scenario.guards))
    if scenario.needs:
        needs = f"not tried: it needs {scenario.needs}"
        return Row(scenario.group, scenario.name, "0", needs, "", guards)
    begun = time.monotonic()
    try:
        result, held = _attempt(scenario), True
    except Breach as error:
        result, held = f"**BROKEN**: {error}", False
    took = time.monotonic() - begun
    try:
        with without(scenario.guards), patient(1 + 2 * took):
            _attempt(scenario)
        broken = "**still holds**"
        held = False
    except Breach:
        broken = "broken"
    return Row(scenario.group, scenario.name, "1 + 1", result, broken, guards, held)


def _attempt(scenario: Scenario) -> str:
    """How it ended; whatever is raised is a breach."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        try:
            return scenario.attempt(Path(name))
        except Breach:
            raise
        except Exception as error:
            raise Breach(f"{type(error).__name__}: {error}") from error
        finally:
            os.chdir(here)


def killed(times: int) -> Iterator[Row]:
    """The kill loop with SIGKILL, and a tenth of it with SIGTERM."""
    for how, number in ((signal.SIGKILL, times), (signal.SIGTERM, max(1, times // 10))):
        tally = kill.loop(number, number, how)
        result = "; ".join(tally.faults[:3]) or (
            f"each time the last PDF was whole ({tally.kills - tally.renamed}) or the new one was "
            f"({tally.renamed}); no litter after the next build"
        )
        times_said = (
            f"{tally.kills} kills, {tally.publishing} of them while publishing; "
            f"{tally.quicker} builds were quicker"
        )
        yield Row(
            "publishing",
            f"killed at a random moment ({how.name})",
            times_said,
            result,
            "see above",
            "`press.output.publish.place`",
            held=not tally.faults,
        )


def fuzzed(seconds: int) -> Iterator[Row]:
    """Each reader with random input; what it raises besides its own findings is a fault."""
    for name in fuzz.TARGETS:
        said = fuzz.in_process(name, seconds)
        held = not said.fault
        yield Row(
            "readers",
            f"random input: {name}",
            f"{said.runs:,} inputs by {said.engine}",
            said.fault or "findings or values, never anything else",
            "",
            held=held,
        )


def table(rows: Iterable[Row]) -> str:
    """The rows in Markdown, with what they were tried on."""
    lines = [
        f"Tried on {platform.system()} {platform.release().split('-')[0]} ({platform.machine()}), "
        f"Python {platform.python_version()}, Landlock version {sandbox.landlock_version()}, "
        f"system calls {'filtered' if sandbox.filterable() else 'unfiltered'}.",
        "",
        "| where | what was tried | how often | with the guard | without it | the guard |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = (row.group, row.tried, row.times, row.result, row.without, row.guard)
        lines.append(
            "| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in cells) + " |"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Exit code 1 where a promise was broken, or held without its guard."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--fuzz", type=int, default=0, metavar="SECONDS")
    parser.add_argument("--only", default="", help="scenarios with this word in their names")
    parser.add_argument("--write", type=Path)
    args = parser.parse_args(arguments)
    rows: list[Row] = []
    work: list[Iterator[Row]] = [
        (tried(s) for s in SCENARIOS if args.only in f"{s.group} {s.name}")
    ]
    if args.kills:
        work.append(killed(args.kills))
    if args.fuzz:
        work.append(fuzzed(args.fuzz))
    begun = time.monotonic()
    for row in (row for rows_ in work for row in rows_):
        rows.append(row)
        mark = "ok  " if row.held else "FAIL"
        print(f"{mark} {row.group}: {row.tried}: {row.result} | {row.without}", flush=True)
    failed = sum(not row.held for row in rows)
    print(f"{len(rows)} tried, {failed} failed, {time.monotonic() - begun:.0f} s")
    if args.write and not failed:
        text = args.write.read_text("utf-8")
        head, _, rest = text.partition(BEGIN)
        _, _, tail = rest.partition(END)
        args.write.write_text(f"{head}{BEGIN}\n\n{table(rows)}\n\n{END}{tail}", "utf-8")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
