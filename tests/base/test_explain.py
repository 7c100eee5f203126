"""Every code is explained once, and ``explain`` and docs/checks.md say so."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from press.base import codes, finding
from press.checks import CHECKS, allowed, look
from press.cli import console, main
from press.typeset import (
    given,
    idle_styles,
    lacking_faces,
    ledger,
    on_plates,
    page_checks,
    proof,
    yielding_rules,
)
from tests.conftest import ROOT
from tools.docs.checks_page import FAMILIES, checks_page

RUN = (
    *CHECKS,
    *look.CHECKS,
    *page_checks.CHECKS,
    *proof.CHECKS,
    *ledger.CHECKS,
    *given.CHECKS,
    *on_plates.CHECKS,
    *idle_styles.CHECKS,
    *lacking_faces.CHECKS,
    *yielding_rules.CHECKS,
    allowed.idle_allowances,
)
SAID = {
    code
    for path in (ROOT / "press").rglob("*.py")
    for code in re.findall(r'"([DEWPRTOVX]\d{3})"', path.read_text("utf-8"))
}
SAID |= {finding.code_of(check) for check in RUN}
"""Every code that the press can say: by itself, or as that of a check which it runs."""


def test_every_code_is_explained() -> None:
    """No finding can be printed that ``explain`` knows nothing of."""
    assert len(SAID) > 200
    assert set() == SAID - set(codes.explanations())


def test_every_explanation_is_used() -> None:
    """Nothing is explained that the press never says."""
    assert set() == set(codes.explanations()) - SAID


def test_codes_are_known_without_their_explanations() -> None:
    """What allowances are held against is the same list, read without parsing any module."""
    assert codes.known_codes() == set(codes.explanations())


def test_no_code_has_two_meanings() -> None:
    """Each code is explained in one place."""
    assert [] == [c for c, n in Counter(one.code for one in codes.written()).items() if n > 1]


def test_explanations_are_whole() -> None:
    """Each says what, why and what to do; those about what an author writes show it."""
    for one in codes.explanations().values():
        assert one.title, one.code
        assert one.why.endswith((".", "!", "?")), one.code
        assert one.remedy.endswith("."), one.code
        assert not one.title.endswith("."), one.code
        if one.code[:2] in ("E1", "E2", "E7", "P2") or one.code[0] == "W":
            assert one.wrong, one.code
            assert one.right, one.code


def test_each_code_has_one_severity() -> None:
    """It follows from the code alone, and a strict dossier counts a warning as an error."""
    assert set(codes.explanations()) >= finding.WARNINGS
    assert not [code for code in finding.WARNINGS if code.startswith("W")]
    for code, one in codes.explanations().items():
        plain = finding.Finding("a.yaml", 1, 1, code, "x")
        assert one.severity == plain.severity
        (strict,) = finding.held(finding.held([plain], strict=True), strict=True)
        assert (strict.severity, strict.code) == ("error", code)


def test_every_family_has_a_name() -> None:
    """The page lists every code under a heading."""
    for code in codes.explanations():
        assert code[:2] in FAMILIES, code
        assert f"### {code}: " in checks_page()


def test_explain_prints_what_why_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    """Several codes are explained one after the other, also in small letters."""
    assert console.CLEAN == main.main(["explain", "W321", "e201"])
    out = capsys.readouterr().out
    assert out.startswith("W321 (warning): a sentence has more than 45 words\n")
    assert "\nE201 (error): an id is used that nothing has\n" in out
    assert "\n    places: [adgam]\n" in out
    assert "remedy: Correct the id, or add the entry.\n" in out


def test_explain_alone_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a code every one is listed, a line each."""
    assert console.CLEAN == main.main(["explain"])
    lines = capsys.readouterr().out.splitlines()
    assert len(codes.explanations()) == len(lines)


def test_unknown_code_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped code is wrong usage, and the likely one is named."""
    assert console.USAGE == main.main(["explain", "E321"])
    assert "no code is called 'E321'; did you mean W321?" in capsys.readouterr().err
