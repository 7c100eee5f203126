"""Where sentences begin and end, and accounts that are joined to a line."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from press.content.facts import unsaid
from press.prose.sentences import accounts_joined, begun, is_closed, unstopped


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("seen in the archive", "Seen in the archive"),
        ("*seen*, in part", "*Seen*, in part"),
        ("“read” only", "“Read” only"),
        ("seen, not read", "Seen, not read"),
        ("online.", "Online."),
        ("iPhone picture", "iPhone picture"),
        ("https://a.org", "https://a.org"),
        ("archive.org copy", "archive.org copy"),
        ("12 pages", "12 pages"),
        (
            '<span><a href="#x">general knowledge</a></span>',
            '<span><a href="#x">General knowledge</a></span>',
        ),
        ("", ""),
    ],
)
def test_what_stands_behind_a_full_stop_begins_with_a_capital(words: str, printed: str) -> None:
    """Also behind marks that open; addresses stay."""
    assert printed == begun(words, "en")


@pytest.mark.parametrize(
    ("words", "language", "printed"),
    [
        ("istanbul", "tr", "İstanbul"),
        ("ijsland", "nl", "IJsland"),
        ("ელჩი", "ka", "ელჩი"),
        ("گفت", "fa", "گفت"),
        ("übrige", "de", "Übrige"),
    ],
)
def test_a_capital_is_that_of_the_language(words: str, language: str, printed: str) -> None:
    """The dotted i, the Dutch digraph; scripts without capitals at a begin stay."""
    assert printed == begun(words, language)


@pytest.mark.parametrize(
    ("accounts", "printed"),
    [
        ([("<b>the rope broke</b>", "Whymper"), ("<b>it was cut</b>", "rumour")],
         "<b>the rope broke</b> (Whymper); <b>it was cut</b> (rumour)"),
        ([("There was a raid overnight.", "the ministry"), ("there was none", "")],
         "There was a raid overnight (the ministry). There was none"),
        ([("<b>Fell.</b>", "A"), ("<b>stood</b>", "B")], "<b>Fell</b> (A). <b>Stood</b> (B)"),
        ([("he said “no.”", "A"), ("yes", "B")], "He said “no.” (A). Yes (B)"),
    ],
)  # fmt: skip
def test_joined_accounts_read_as_a_list_or_as_sentences(
    accounts: list[tuple[str, str]], printed: str
) -> None:
    """No bracket stands behind a full stop, no semicolon between sentences."""
    given = [(Markup(said), Markup(basis)) for said, basis in accounts]  # noqa: S704 our own
    joined = accounts_joined(given, "en")
    assert printed == joined.replace('<span class="says">', "").replace("</span>", "")


def test_an_ellipsis_is_no_full_stop() -> None:
    """It stays where more of the sentence follows."""
    assert "and so on ..." == unstopped("and so on ...")
    assert is_closed("He asked “why?”")
    assert not is_closed("Whymper 1871, p. 385")


def test_what_a_label_says_is_not_said_again() -> None:
    """A scope in the words of its label is left out; one that says more stays."""
    assert "" == unsaid("people of the district", "People of the district")
    assert "people of the town" == unsaid("people of the town", "People of the district")
