"""Names: particles are filed as the language or the author says, and no part is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import ValidationError

from press.base.collation import folded
from press.citations import CitationItem, Citations
from press.citations.labels import order
from press.content import model

VON = {"family": "Humboldt", "given": "A.", "non-dropping-particle": "von"}
VAN = {"family": "Beethoven", "given": "L.", "dropping-particle": "van"}


def source(author: Any, language: str = "", role: str = "author") -> model.Source:
    given = {"id": "x", "type": "book", "kind": "primary", "title": "T", "checked": "t"}
    return model.Source.model_validate(given | {role: author, "languages": language or ()})


def plain(text: str) -> str:
    return re.sub("<[^>]*>", "", text)


@pytest.mark.parametrize(
    ("author", "first", "later", "listed", "filed"),
    [
        ("de Waal, Thomas", "Thomas de Waal", "de Waal", "de Waal, Thomas", "de waal thomas"),
        ("King, Martin, Jr.", "Martin King Jr.", "King", "King, Martin, Jr", "king martin jr"),
        ("King Jr., Martin", "Martin King Jr.", "King", "King, Martin, Jr", "king martin jr"),
        ("King, Jr., Martin", "Martin King Jr.", "King", "King, Martin, Jr", "king martin jr"),
        ("Ranke, L., der Jüngere", "L. Ranke der Jüngere", "Ranke", "Ranke, L., der Jüngere",
         "ranke l der jungere"),
        (VON, "A. von Humboldt", "von Humboldt", "Humboldt, A. von", "humboldt a von"),
        (VAN, "L. van Beethoven", "Beethoven", "Beethoven, L. van", "beethoven l van"),
        ({"family": "Alembert", "given": "Jean", "non-dropping-particle": "d'"},
         "Jean d’Alembert", "d’Alembert", "Alembert, Jean d’", "alembert jean d"),
        ("al-Jabarti, Abd", "Abd al-Jabarti", "al-Jabarti", "al-Jabarti, Abd", "jabarti abd"),
        ("{Ministry, Kyiv}", "Ministry, Kyiv", "Ministry, Kyiv", "Ministry, Kyiv", "ministry kyiv"),
        ({"literal": "Ministry, Kyiv"}, "Ministry, Kyiv", "Ministry, Kyiv", "Ministry, Kyiv",
         "ministry kyiv"),
        (["Smith, Jo, III", VON], "Jo Smith III and A. von Humboldt", "Smith and von Humboldt",
         "Smith, Jo, III, and A. von Humboldt", "smith jo iii; humboldt a von"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("role", ["author", "editor"])
def test_names(author: Any, first: str, later: str, listed: str, filed: str, role: str) -> None:
    """First as it is said, then by the family name, in the list as it is filed."""
    found = source(author, role=role)
    citations = Citations({"x": found})
    notes = [plain(citations.note([CitationItem("x")])) for _ in range(2)]
    ed = ", eds" if isinstance(author, list) else ", ed."
    mark = ed if role == "editor" else ""
    assert notes == [f"{first}{mark}, T, n.d.", f"{later}, T."]
    assert plain(citations.entry("x")).startswith(listed)
    assert plain(citations.label("x")) == f"{later}, n.d."
    assert order(found, "en")[0] == folded(filed, "en")


@pytest.mark.parametrize(
    ("author", "dossier", "language", "listed"),
    [
        ("von Humboldt, A.", "en", "", "von Humboldt, A."),
        ("von Humboldt, A.", "en", "de", "Humboldt, A. von"),
        ("von Humboldt, A.", "de", "", "Humboldt, A. von"),
        ("von der Leyen, U.", "de", "", "Leyen, U. von der"),
        ({"family": "von Trier", "given": "Lars"}, "de", "", "von Trier, Lars"),
        ("de Waal, Thomas", "de", "", "de Waal, Thomas"),
        ("de Waal, Thomas", "fr", "en", "de Waal, Thomas"),
        ("de Maupassant, Guy", "fr", "", "Maupassant, Guy de"),
        ("de La Fontaine, Jean", "fr", "", "La Fontaine, Jean de"),
        ("de la Tour, Georges", "fr", "", "de la Tour, Georges"),
        ("van der Waals, J.", "en", "nl", "Waals, J. van der"),
        ("van der Waals, J.", "en", "nl-BE", "van der Waals, J."),
        ("Van Buren, Martin", "en", "nl", "Van Buren, Martin"),
    ],
)
def test_particles_are_filed_by_the_language(
    author: Any, dossier: str, language: str, listed: str
) -> None:
    """The language of the source, else that of the dossier; a name in parts is the author's say."""
    found = Citations({"x": source(author, language)}, dossier)
    assert plain(found.entry("x")).startswith(listed)


@pytest.mark.parametrize(
    ("author", "said"),
    [
        ("A, B, C, D", '"A, B", "C, D"'),
        ("Smith, Jo, London", "has 3 parts"),
        ("Jones, Ann; Smith, Jo", '"Jones, Ann", "Smith, Jo"'),
        ("Smith, Jo and Jones, Ann", "more than one name"),
        ("Müller, Jo und Schmidt, Al", "more than one name"),
        ("Smith & Sons, Ltd", '"{Smith & Sons, Ltd}"'),
        ({"given": "Jo"}, "family or literal"),
        ({"family": "A", "literal": "B"}, "family or literal"),
    ],
)
def test_what_a_name_would_lose_is_said(author: Any, said: str) -> None:
    """A fourth part, or a second name in one text, is a fault with what to write instead."""
    with pytest.raises(ValidationError) as found:
        source(author)
    error = found.value.errors()[0]
    assert error["type"] == "E143"
    assert said in f"{error['ctx']['message']} {error['ctx']['hint']}"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Fairbank, John K. (ed.)", 'editor: ["Fairbank, John K."]'),
        ("Fairbank, John K., ed.", 'editor: ["Fairbank, John K."]'),
        ("John Fairbank [Ed.]", 'editor: ["John Fairbank"]'),
        ("Meyer, Karl (Hrsg.)", 'editor: ["Meyer, Karl"]'),
        ("Dupont, Jean (dir.)", 'editor: ["Dupont, Jean"]'),
        ("Smith, A. (eds)", 'editor: ["Smith, A."]'),
        ("Garnett, Constance (trans.)", 'translator: ["Garnett, Constance"]'),
    ],
)
def test_a_role_is_no_part_of_a_name(text: str, right: str) -> None:
    """It has a key of its own, and the press prints its word."""
    with pytest.raises(ValidationError) as found:
        source([text])
    assert right in found.value.errors()[0]["ctx"]["hint"]


@pytest.mark.parametrize(
    "text", ["Smith, Ed.", "Smith, John, Jr.", "Comp, Al", "Smith, A. (pseud.)", "Reuters (London)"]
)
def test_a_name_like_a_role_stays(text: str) -> None:
    """A given name that is shortened, a pseudonym, the place of an agency."""
    assert source([text]).author
