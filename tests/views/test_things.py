"""Names of places and people in other languages, and how sources and voices go on a line."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from press.base.scripts import is_joined
from press.content.load import load
from press.content.model import Name
from press.content.snapshot import Snapshot
from press.prose.values import speaker
from press.views import gazetteer
from press.views.chronology import _place_links
from press.views.things import said_of
from tests.prose.test_prose import prose


@pytest.mark.parametrize(
    ("tag", "standing", "language", "said"),
    [
        ("ga", "Irish name", "en", "Irish name"),
        ("ga", "official Irish name", "en", "official Irish name"),
        ("ga", "official", "en", "Irish, official"),
        ("ga", "", "en", "Irish"),
        ("ka", "name in Georgia", "en", "Georgian, name in Georgia"),
        ("en", "name of the Irishmen", "en", "English, name of the Irishmen"),
        ("ga", "irischer Name", "de", "irischer Name"),
        ("ru", "amtlich bis 1991", "de", "Russisch, amtlich bis 1991"),
        ("ru", "nom russe", "fr", "nom russe"),
        ("hy", "forme arménienne", "fr", "forme arménienne"),
    ],
)
def test_a_language_is_said_once(tag: str, standing: str, language: str, said: str) -> None:
    """A standing that names the language stands alone."""
    assert said == said_of(Name(language=tag, name="X", standing=standing), language)


def test_names_whose_letters_reach_far_are_told() -> None:
    """Their lines are wider, so that tails keep off the line below."""
    assert [True, True, True, False, False] == [
        is_joined(name) for name in ("جبل طارق", "मुंबई", "יְרוּשָׁלַיִם", "Агдам", "Ağdam")
    ]


@pytest.mark.parametrize(
    ("says", "cites", "printed"),
    [
        ("Bright", "<a>Bright 1903</a>, p. 150", ""),
        ("*The Times*", "<em>The Times</em>, 8 August", "*The Times*"),
        ("<em>The Times</em>", "<em>The Times</em>, 8 August", ""),
        ("the times", "The Times, 8 August", ""),
        ("the Wikipedia article", "Wikipedia article", ""),
        ("the Wikipedia articles", "Wikipedia article", "the Wikipedia articles"),
        ("Field’s brother", "Field 1866, p. 215", "Field’s brother"),
        ("Field", "Fielding 1866", "Field"),
        ("Bright", "Russell 1866; Bright 1903", "Bright"),
        ("Bright", "", "Bright"),
        ('<a href="#x">Bright</a>', "Bright 1903", '<a href="#x">Bright</a>'),
    ],
)
def test_a_voice_is_not_named_twice(says: str, cites: str, printed: str) -> None:
    """Where the source that follows begins with the same words, they stand once."""
    assert printed == speaker(Markup(says), Markup(cites))  # noqa: S704 our own


def test_the_places_of_an_event_lead_to_the_gazetteer(matterhorn: Snapshot) -> None:
    """Each by its name, in the author's order; one that is not in the gazetteer is a finding."""
    dossier = load(matterhorn).dossier
    event = next(event for event in dossier.events.values() if len(event.places) == 2)
    first, second = (dossier.places[ident] for ident in event.places)
    asked = event.model_copy(update={"places": (second.id, "nowhere", first.id)})
    assert _place_links(asked, dossier) == (
        f'<a href="#place-{second.id}">{second.name}</a>, '
        f'<a href="#place-{first.id}">{first.name}</a>'
    )


@pytest.mark.parametrize(
    ("title", "said"),
    [("The Fall", False), ("Zermatt taken", True), ("Zermatters dance", False)],
)
def test_a_place_in_a_title_is_not_said_again_behind_it(
    title: str, said: bool, matterhorn: Snapshot
) -> None:
    """Where the places of an event follow its title in one line; elsewhere all of them stand."""
    dossier = load(matterhorn).dossier
    event = next(event for event in dossier.events.values() if event.places)
    asked = event.model_copy(update={"places": ("zermatt",), "title": title})
    assert ("Zermatt" not in _place_links(asked, dossier, title)) == said
    assert "Zermatt" in _place_links(asked, dossier)


def test_the_gazetteer_prints_no_name_twice(matterhorn: Snapshot) -> None:
    """Nor a date otherwise than the chronology, where its author has words for it."""
    listed = matterhorn.files["gazetteer.yaml"].decode()
    known = "    name: Zermatt (Praborgne)\n    also: [Praborgne]\n"
    listed = listed.replace("    name: Zermatt\n", known)
    chronology = matterhorn.files["chronology.yaml"].decode()
    dated = "    date: 1857~\n"
    chronology = chronology.replace(dated, f"{dated}    printed: the late fifties\n")
    own = {"gazetteer.yaml": listed.encode(), "chronology.yaml": chronology.encode()}
    loaded = load(Snapshot("matterhorn", "matterhorn", {**matterhorn.files, **own}))
    part = gazetteer.view(loaded.dossier, prose(loaded.dossier))
    assert part is not None
    entries = {entry.thing.id: entry for entry in part.entries}
    assert entries["zermatt"].also == ()
    assert "the late fifties" in [date for one in entries.values() for _, date in one.events]
