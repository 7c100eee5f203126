"""Does any test notice? Small changes to the press, one at a time, and the tests that run them.

    python -m tools.mutate --map            which test runs which change (once; runs the suite)
    python -m tools.mutate --count 150      change 150 things, and say which no test noticed

A change is one comparison, number, word of logic or returned value in one function of press/,
drawn with a seed from all of them, so many from each room as it has. It is made in a copy of the
project; the tests that run the changed line are run there, the quickest first, until one fails.
What none of them notices within ``--seconds`` counts as not noticed, although a test that was not
reached might have; tests that fail in the copy without a change are left out. Both commands take
the same ``--count`` and ``--seed``. Results stand in ``.mutations/`` (not tracked).
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from pathlib import Path

from tools.mutation_reach import Reached, first_of, kin, make_reached, quickest, read_reached

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".mutations"
AT_ONCE = 15
"""Seconds of tests that one run of pytest is given: the quickest that are left."""
FATAL = "its tests did not end"
MAPPED = "changes.json"
"""The changes for which the map was made."""

# -- what can be changed -----------------------------------------------------------------------


@dataclass(frozen=True)
class Mutant:
    """One change: a piece of a file, by line and column in bytes, and what stands there instead."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    old: str
    new: str
    function: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}: {self.old} -> {self.new}"


SWAPS: Mapping[type[ast.AST], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
    ast.And: "or", ast.Or: "and", ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*",
}  # fmt: skip
SIGNS: Mapping[type[ast.AST], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
    ast.And: "and", ast.Or: "or", ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
}  # fmt: skip


def mutants(file: str, source: str) -> Iterator[Mutant]:
    """Every change that can be made to the functions of ``source``."""
    lines = source.encode().split(b"\n")
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            for node in _own(function):
                for start, end, change in _changes(node):
                    old = _text(lines, start, end)
                    new = change.made(old) if isinstance(change, Swap) else change
                    if old != new:
                        yield Mutant(file, *start, *end, old, new, function.name)


@dataclass(frozen=True)
class Swap:
    """One sign for another between two expressions, where brackets and remarks may stand too."""

    old: str
    new: str

    def made(self, text: str) -> str:
        """``text`` with the other sign; unchanged where it stands in no line's code."""
        lines = text.split("\n")
        for number, line in enumerate(lines):
            code, mark, remark = line.partition("#")
            if self.old in code:
                lines[number] = code.replace(self.old, self.new, 1) + mark + remark
                return "\n".join(lines)
        return text


def _swap(sign: ast.AST) -> Swap:
    return Swap(SIGNS[type(sign)], SWAPS[type(sign)])


def _own(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What stands in a function itself: not in functions within it, nor in its annotations."""
    todo: list[ast.AST] = [*function.body]
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.JoinedStr):
            todo += [n for n in ast.iter_child_nodes(node) if not _typing(node, n)]


def _typing(parent: ast.AST, child: ast.AST) -> bool:
    return isinstance(parent, ast.AnnAssign) and child is parent.annotation


Place = tuple[int, int]


def _changes(node: ast.AST) -> Iterator[tuple[Place, Place, str | Swap]]:
    """Where a node changes, from and to, and into what."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=rights):
            for (before, after), sign in zip(pairwise((left, *rights)), ops, strict=True):
                yield _end(before), _start(after), _swap(sign)
        case ast.BoolOp(op=sign, values=values):
            for before, after in pairwise(values):
                yield _end(before), _start(after), _swap(sign)
        case ast.BinOp(left=left, op=sign, right=right) if _counts(sign, left):
            yield _end(left), _start(right), _swap(sign)
        case ast.Constant(value=bool() | int() | float() as value):
            new = str(not value) if isinstance(value, bool) else f"({value + 1})"
            yield _start(node), _end(node), new
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield _start(node), _start(operand), ""
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield _start(value), _end(value), "None"
        case ast.If(test=test) | ast.IfExp(test=test):
            yield _start(test), _end(test), f"(not ({ast.unparse(test)}))"


def _counts(sign: ast.operator, left: ast.expr) -> bool:
    """Whether an operator is arithmetic, as far as one sees: texts are added and formatted too."""
    text = isinstance(left, ast.JoinedStr) or isinstance(getattr(left, "value", None), str)
    return type(sign) in SWAPS and not text


def _start(node: ast.AST) -> Place:
    return (node.lineno, node.col_offset)  # type: ignore[attr-defined]


def _end(node: ast.AST) -> Place:
    return (node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]


def _text(lines: Sequence[bytes], start: Place, end: Place) -> str:
    (first, begin), (last, finish) = start, end
    if first == last:
        return lines[first - 1][begin:finish].decode()
    parts = [lines[first - 1][begin:], *lines[first : last - 1], lines[last - 1][:finish]]
    return b"\n".join(parts).decode()


def mutated(source: str, mutant: Mutant) -> str | None:
    """``source`` with the change; None where the result is no Python."""
    lines = source.encode().split(b"\n")
    before = [*lines[: mutant.line - 1], lines[mutant.line - 1][: mutant.column]]
    after = [lines[mutant.end_line - 1][mutant.end_column :], *lines[mutant.end_line :]]
    text = b"\n".join(before) + mutant.new.encode() + b"\n".join(after)
    try:
        compile(text, mutant.file, "exec")
    except SyntaxError:
        return None
    return text.decode()


def drawn(count: int, seed: int) -> list[Mutant]:
    """``count`` changes, no two in one function, by the size of rooms.

    A function is drawn by its name and the seed, so that work elsewhere draws the same functions.
    """
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in sorted((ROOT / "press").rglob("*.py"))
    }
    every: dict[tuple[str, str], list[Mutant]] = {}
    for file, source in sources.items():
        for mutant in mutants(file, source):
            every.setdefault((file, mutant.function), []).append(mutant)
    chances = {place: random.Random(f"{seed} {place}") for place in every}  # noqa: S311 no secret
    found = (
        chances[place].choice(every[place])
        for place in sorted(every, key=lambda place: chances[place].random())
    )
    whole = (mutant for mutant in found if mutated(sources[mutant.file], mutant) is not None)
    return list(islice(whole, count))


# -- which tests run a line --------------------------------------------------------------------


WORKERS = frozenset({"test_worker.py", "test_faults.py", "test_promise.py"})
"""Tests of workers: they may run what no other test is seen to run."""


def make_map(count: int, seed: int, jobs: int) -> int:
    """Runs the suite and notes which test runs which of the drawn lines; what pytest returns."""
    KEPT.mkdir(exist_ok=True)
    chosen = drawn(count, seed)
    (KEPT / MAPPED).write_text(json.dumps([*map(str, chosen)]), "utf-8")
    places = {n: (m.file, m.line, m.column) for n, m in enumerate(chosen)}
    with tempfile.TemporaryDirectory(prefix="mapped-", dir=KEPT) as name:
        project_copy(Path(name))
        return make_reached(Path(name), KEPT, places, jobs)


def tests_of(number: int, reached: Reached) -> list[str]:
    """The tests that run the line with this number, then those that may see what came of it."""
    own = set(reached.tests.get(number, ()))
    if not own:
        own = {test for test in reached.seconds if Path(test.partition("::")[0]).name in WORKERS}
    groups = [own, *kin(own, reached)]
    sound = (group - reached.failed for group in groups)
    return [test for group in sound for test in quickest(group, reached.seconds)]


# -- trying ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """What came of a change: the test that noticed it, or "" where none did, and how many ran."""

    mutant: Mutant
    noticed_by: str
    ran: int


def project_copy(target: Path) -> None:
    """A copy of what git keeps, whose files are shared until one is written anew."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        os.link(ROOT / name, target / name)


def tried(mutant: Mutant, tests: Sequence[str], what: Reached, seconds: float) -> Verdict:
    """Makes the change in a copy and runs ``tests``, until one notices."""
    budget, ran = seconds, 0
    with tempfile.TemporaryDirectory(prefix="mutant-", dir=KEPT) as name:
        place = Path(name)
        project_copy(place)
        target = place / mutant.file
        text = mutated(target.read_text("utf-8"), mutant)
        target.unlink()
        target.write_text(text or "", "utf-8")
        while tests and budget > 0:
            chosen, wanted = first_of(tests, what.seconds, AT_ONCE)
            tests = tests[len(chosen) :]
            noticed = failing(place, chosen, 60 + 6 * wanted)
            if noticed == FATAL:  # a loop without end, or a busy machine
                noticed = failing(place, chosen, 300 + 20 * wanted)
            ran += len(chosen)
            if noticed:
                return Verdict(mutant, noticed, ran)
            budget -= wanted
    return Verdict(mutant, "", ran)


def failing(place: Path, tests: Sequence[str], limit: float) -> str:
    """The first of ``tests`` that fails in the copy at ``place``; "" where none does."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider",
               "--no-header", "--tb=no", *tests]  # fmt: skip
    try:
        done = subprocess.run(
            command, cwd=place, capture_output=True, text=True, timeout=limit, check=False,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return FATAL
    if done.returncode == 0:
        return ""
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0].split(" ", 1)[1] if failed else f"pytest ended with {done.returncode}"


def run(numbered: Mapping[int, Mutant], seconds: float, jobs: int) -> Iterator[Verdict]:
    """The verdict on each change, in their order."""
    what = read_reached(KEPT)
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(
            lambda number: tried(numbered[number], tests_of(number, what), what, seconds), numbered
        )


def report(verdicts: Iterable[Verdict], say: Callable[[str], None]) -> int:
    """Says what came of each change, and how many were noticed; that many per cent come back."""
    found = list(verdicts)
    missed = [v for v in found if not v.noticed_by]
    by_room = Counter(v.mutant.file.split("/")[1] for v in missed)
    noticed = len(found) - len(missed)
    share = round(100 * noticed / len(found)) if found else 0
    say(f"{noticed} of {len(found)} noticed ({share} %)")
    for verdict in missed:
        say(f"not noticed by {verdict.ran} tests: {verdict.mutant}")
    if by_room:
        say("rooms: " + ", ".join(f"{room} {n}" for room, n in by_room.most_common()))
    return share


def _kept(last: Path) -> dict[str, Verdict]:
    """The verdicts of the last run, by their change."""
    found = json.loads(last.read_text("utf-8")) if last.is_file() else []
    verdicts = [Verdict(Mutant(**v["mutant"]), v["noticed_by"], v["ran"]) for v in found]
    return {str(verdict.mutant): verdict for verdict in verdicts}


def main(argv: Sequence[str]) -> int:
    """The command; 1 where fewer than ``--least`` per cent were noticed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--map", action="store_true", help="note which test runs which change")
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=90, help="of tests for one change")
    parser.add_argument("--least", type=int, default=90, help="per cent")
    parser.add_argument("--again", action="store_true", help="try anew what was not noticed")
    parser.add_argument("--on", action="store_true", help="go on where the last run stopped")
    args = parser.parse_args(argv)
    if args.map:
        return make_map(args.count, args.seed, args.jobs)
    last = KEPT / f"verdicts-{args.seed}.json"
    chosen = drawn(args.count, args.seed)
    if json.loads((KEPT / MAPPED).read_text("utf-8")) != [*map(str, chosen)]:
        raise SystemExit("these changes have no map: run python -m tools.mutate --map first")
    kept = _kept(last) if args.again or args.on else {}
    if args.again:
        kept = {change: verdict for change, verdict in kept.items() if verdict.noticed_by}
    verdicts = [kept[str(mutant)] for mutant in chosen if str(mutant) in kept]
    left = {n: mutant for n, mutant in enumerate(chosen) if str(mutant) not in kept}
    for verdict in run(left, args.seconds, args.jobs):
        verdicts.append(verdict)
        last.write_text(json.dumps([asdict(v) for v in verdicts], indent=1), "utf-8")
        print(
            f"{len(verdicts):4} {verdict.mutant}: {verdict.noticed_by or 'NOT NOTICED'}", flush=True
        )
    return int(report(verdicts, print) < args.least)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
