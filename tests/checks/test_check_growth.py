"""Checks of long dossiers."""

from __future__ import annotations

from cProfile import Profile

import pytest

from press.base.finding import findings_by
from press.checks import CHECKS
from press.checks.allowed import sift
from press.checks.known import known
from press.content.load import Loaded, load
from press.content.snapshot import Snapshot

HEAD = """\
title: Long
standfirst: A long one.
language: en
issued: 2026-01-01
imprint: {publisher: P}
rights: {holder: H, licence: CC BY 4.0}
allow: [{code: W301, where: nowhere, reason: a test}]
"""


def long_dossier(entries: int) -> Loaded:
    """A dossier of so many events, coarse in part, places, rows and paragraphs."""
    numbers = range(entries)
    events = "".join(
        f"  - {{id: e{n}, date: {1900 + n}-{1 + n % 12:02}, title: Event {n} of that year, "
        f"text: Something happened., category: a, places: [p{n}]"
        + (f", after: [e{n - 1}]}}\n" if n else "}\n")
        for n in numbers
    )
    places = "".join(
        f"  - {{id: p{n}, name: Place{n}, kind: town, at: '{46 + n / 500}, {7 + n / 500}'}}\n"
        for n in numbers
    )
    paragraphs = (
        f"On 3 July {1900 + n}, in Place{n}, Event {n} of that year moved {n * 1000:,} people."
        for n in numbers
    )
    files = {
        "dossier.yaml": HEAD,
        "chronology.yaml": f"categories: [{{id: a, label: A, sign: ring}}]\nevents:\n{events}",
        "gazetteer.yaml": f"places:\n{places}",
        "tables/t.yaml": "title: T\ncolumns: [{key: a, label: A}]\nrows:\n"
        + "".join(f"  - {{a: x{n}}}\n" for n in numbers),
        "chapters/01-a.md": "# A\n\n" + "\n\n".join(paragraphs) + "\n",
    }
    return load(Snapshot("long", "content/long", {k: v.encode() for k, v in files.items()}))


def calls(entries: int) -> int:
    """How many calls of functions it takes to check such a dossier, and to weigh what is found."""
    loaded, profile = long_dossier(entries), Profile()
    known.cache_clear()
    profile.enable()
    sift(loaded, tuple(findings_by(CHECKS, loaded)))
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def test_twice_the_dossier_is_no_more_than_thrice_the_work() -> None:
    """No check looks at every event again for each event, as a few hundred would take minutes."""
    calls(10)  # what is read once in a process
    assert calls(120) < 3 * calls(60)


def test_what_is_worked_out_once_is_worked_out_anew_in_a_copy() -> None:
    """The events in their order are kept with the dossier, and not with one that has others."""
    dossier = long_dossier(2).dossier
    assert dossier.events is dossier.events
    assert list(dossier.events) == ["e0", "e1"]
    shorter = dossier.chronology.model_copy(update={"events": dossier.chronology.events[:1]})
    assert list(dossier.model_copy(update={"chronology": shorter}).events) == ["e0"]


@pytest.mark.parametrize("name", ["Ur", "Ob"])
def test_a_place_of_two_letters_is_not_named_everywhere(name: str) -> None:
    """A name too short to be looked for is that of no place in any sentence."""
    loaded = long_dossier(1)
    files = {**loaded.snapshot.files}
    files["gazetteer.yaml"] += f"  - {{id: short, name: {name}, kind: river}}\n".encode()
    data = known(load(Snapshot("long", "content/long", files)))
    assert data.places == {"p0", "short"}
    assert not any(ident == "short" for named in data.names.values() for _, ident in named)
