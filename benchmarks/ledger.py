"""What the ledger costs: its share of the CPU seconds of a build, all editions or those named.

python benchmarks/ledger.py [slug] [edition ...] [--theme archive] [--rules 16]
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from press.base.finding import findings_by  # noqa: E402
from press.content.load import load  # noqa: E402
from press.content.snapshot import engine_files, read  # noqa: E402
from press.design.editions import named  # noqa: E402
from press.pipeline import make  # noqa: E402
from press.typeset import (  # noqa: E402
    given,
    idle_styles,
    lacking_faces,
    ledger,
    on_plates,
    proof,
    set_drawings,
    set_elements,
    unseen_words,
    yielding_rules,
)
from press.views.view import Work  # noqa: E402

REFERENCE = "1993-summer-offensives"
RULES = Path(__file__).with_suffix(".css")
"""Rules that authors may write into styles/local.css, a line each."""
MOST = 5.0
"""Per cent of a build that the ledger may cost."""


class Meter:
    """CPU seconds spent in the functions that it was laid around."""

    def __init__(self, profile: cProfile.Profile | None = None) -> None:
        self.seconds = 0.0
        self._profile = profile

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its seconds counted."""

        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            begun = time.process_time()
            try:
                if self._profile is None:
                    return function(*args, **kwargs)
                return self._profile.runcall(function, *args, **kwargs)
            finally:
                self.seconds += time.process_time() - begun

        return timed


def with_rules(files: dict[str, bytes], number: int) -> dict[str, bytes]:
    """``files``, and in styles/local.css the first ``number`` of the rules of authors."""
    rules = [line for line in RULES.read_text("utf-8").splitlines() if "{" in line]
    if number > len(rules):
        raise SystemExit(f"{RULES.name} has {len(rules)} rules")
    return files | {"styles/local.css": "\n".join(rules[:number]).encode()} if number else files


def main() -> int:
    """Prints a line for each edition, and fails where the ledger costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slug", nargs="?", default=REFERENCE)
    parser.add_argument("editions", nargs="*", default=["dossier"])
    parser.add_argument("--theme", default="default")
    parser.add_argument("--rules", type=int, default=0, help="rules that styles/local.css has")
    parser.add_argument("--profile", action="store_true", help="print where the seconds go")
    asked = parser.parse_args()
    profile = cProfile.Profile() if asked.profile else None
    meter = Meter(profile)
    for module in (set_elements, set_drawings):
        setattr(module, "read", meter.around(module.read))  # noqa: B010 for measuring
    modules = (ledger, given, on_plates, unseen_words, idle_styles, lacking_faces, yielding_rules)
    ours, findings_from = [module.CHECKS for module in modules], findings_by

    def checked(checks: Any, *args: Any) -> Any:
        if checks not in ours:
            return findings_from(checks, *args)
        return meter.around(lambda: list(findings_from(checks, *args)))()

    setattr(proof, "findings_by", checked)  # noqa: B010 for measuring
    folder = next(f for f in (ROOT / "content" / asked.slug, Path(asked.slug)) if f.is_dir())
    loaded, worst = load(read(folder, folder.name)), 0.0
    engine = with_rules(engine_files(), asked.rules)
    for name in asked.editions:
        meter.seconds, begun = 0.0, time.process_time()
        made = make(Work(f"{name}.pdf", loaded, named(name), asked.theme, engine))
        whole = time.process_time() - begun
        share = 100 * meter.seconds / whole
        worst = max(worst, share)
        print(f"{name}: {made.pages} pages, {whole:.2f} CPU s, "
              f"ledger {meter.seconds:.2f} s, {share:.1f} %")  # fmt: skip
        for one in made.findings:
            if one.code.startswith("P46"):
                print(f"  {one}")
    if profile is not None:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
    return int(worst > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
