"""What belongs together: chapters, headings, tables, plates, pictures and terms that are used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from press.base.finding import Finding
from press.checks.texts import Passage, passages
from press.checks.uses import named_ids, printed_text
from press.content.load import Loaded


def unused_terms(loaded: Loaded) -> Iterator[Finding]:
    """W341: a term of the glossary stands nowhere in the text.

    Why: The glossary explains words that the reader has met.
    Wrong: - {id: serac, term: serac, definition: A tower of ice}      # and no serac in the text
    Right: They climbed between the [[serac|seracs]].
    Remedy: Use the term where it belongs, or delete the entry.
    """
    used, text = named_ids(loaded)["term"], printed_text(loaded)
    for index, term in enumerate(loaded.dossier.glossary.terms):
        said = (term.term, *term.also)
        if term.id in used or any(_occurs(word, text, term.definition) for word in said):
            continue
        message = f"the text never says {term.term!r}"
        hint = "use it where it belongs, or delete the entry"
        loc = ("terms", index, "id")
        yield loaded.finding("glossary.yaml", loc, "W341", message, hint)


def _occurs(word: str, text: str, definition: str) -> bool:
    """Whether a word stands in the text more often than in its own definition."""
    word = word.casefold()
    return text.count(word) > definition.casefold().count(word)


_PLACED = (r"!\[[^\[\]]*\]\(image:([a-z0-9-]+)", r"/{3,}[ \t]*figure[ \t]*\|[ \t]*(\S+)")
"""How a chapter places a picture."""


def unused_images(loaded: Loaded) -> Iterator[Finding]:
    """W342: a picture is listed and stands nowhere.

    Why: A picture is printed where a chapter places it, and only there.
    Wrong: - {id: ridge, file: ridge.png}        # and no ![](image:ridge)
    Right: ![](image:ridge)
    Remedy: Place it in a paragraph of its own, or delete the entry and its file.
    """
    placed = {
        ident
        for passage in passages(loaded)
        if passage.is_chapter
        for pattern in _PLACED
        for ident in re.findall(pattern, passage.written)
    }
    for index, image in enumerate(loaded.dossier.images.images):
        if image.id not in placed:
            message = f"picture {image.id!r} is not printed: no chapter places it"
            hint = f"write ![](image:{image.id}) in a paragraph of its own, or delete it"
            loc = ("images", index, "id")
            yield loaded.finding("images/images.yaml", loc, "W342", message, hint)


def unnamed_tables(loaded: Loaded) -> Iterator[Finding]:
    """W343: no text refers to a table.

    Why: Tables stand behind the chapters. A reader finds one because a sentence sends them there.
    Wrong: The figures differ.
    Right: The figures differ ([[table:displacement]]).
    Remedy: Refer to it with [[table:name]].
    """
    used = named_ids(loaded)["table"]
    for name in loaded.dossier.tables:
        if name not in used:
            message = f"no text refers to table {name!r}"
            hint = f"write [[table:{name}]] where it helps"
            file = f"tables/{name}.yaml"
            yield loaded.finding(file, ("title",), "W343", message, hint)


def unnamed_plates(loaded: Loaded) -> Iterator[Finding]:
    """W344: no text refers to a map, and no chapter places it.

    Why: A map at the end of the book helps the reader who is sent to it. A timeline needs no such
        reference: it is the whole chronology at a glance.
    Wrong: The road runs south.
    Right: The road runs south ([[plate:campaign]]).
    Remedy: Refer to it with [[plate:name]], or place it with /// plate | name.
    """
    used = named_ids(loaded)["plate"]
    for index, plate in enumerate(loaded.dossier.plates.plates):
        if plate.id not in used and plate.kind == "map" and loaded.dossier.chapters:
            message = f"no text refers to map {plate.id!r}"
            hint = f"write [[plate:{plate.id}]] where it helps"
            loc = ("plates", index, "id")
            yield loaded.finding("plates.yaml", loc, "W344", message, hint)


_HEADING = re.compile(r"^(#{1,6})[ \t]+\S.*$", re.MULTILINE)


def empty_sections(loaded: Loaded) -> Iterator[Finding]:
    """W345: a heading has no words under it.

    Why: Two headings in a row promise something between them, or one of them says too little.
    Wrong: ## The attack
        ## The first day
    Right: ## The attack
        It lasted three weeks.
        ### The first day
    Remedy: Write what belongs there, make the next a heading of lower level, or delete one.
    """
    for passage in passages(loaded):
        if passage.is_chapter:
            yield from _empty(passage)


def _empty(passage: Passage) -> Iterator[Finding]:
    headings = [*_HEADING.finditer(passage.written), None]
    for heading, following in pairwise(headings):
        end = following.start() if following else len(passage.written)
        below = heading and following and len(following[1]) > len(heading[1])
        if heading and not below and not passage.written[heading.end() : end].strip():
            message = "this heading has no words under it"
            yield passage.finding(heading.start(), "W345", message, "write them, or delete it")


def missing_chapters(loaded: Loaded) -> Iterator[Finding]:
    """W346: the numbers of the chapters have a gap.

    Why: The number is printed, and a reader who goes from 2 to 4 looks for what was lost.
    Wrong: chapters/02-agdam.md
        chapters/04-south.md
    Right: chapters/02-agdam.md
        chapters/03-south.md
    Remedy: Rename the file, or bring the missing one back.
    """
    chapters = loaded.dossier.chapters
    numbers = [chapter.number for chapter in chapters]
    if loaded.findings:
        return
    for chapter, before in zip(
        chapters, [numbers[0] - 1, *numbers] if numbers else (), strict=False
    ):
        if chapter.number > before + 1:
            message = f"chapter {chapter.number} follows chapter {before}"
            hint = f"rename it to {before + 1:02}-{chapter.id}.md, or bring the missing one back"
            yield Finding(chapter.file, 0, 0, "W346", message, hint)


def chapter_titles_twice(loaded: Loaded) -> Iterator[Finding]:
    """W347: two chapters have the same title, or a chapter has the same heading twice.

    Why: In contents and bookmarks the two cannot be told apart.
    Wrong: ## The attack
        ## The attack
    Right: ## The attack
        ## The second attack
    Remedy: Say in one of them what is different.
    """
    titles: dict[str, str] = {}
    for passage in passages(loaded):
        if not passage.is_chapter:
            continue
        headings: dict[str, int] = {}
        for number, match in enumerate(_HEADING.finditer(passage.written)):
            words = match[0].lstrip("#").strip()
            key, line = words.casefold(), passage.place(match.start())[0]
            twin = titles.get(key) if number == 0 else headings.get(key)
            if twin:
                where = f"at {twin}" if number == 0 else f"in line {twin}"
                message = f"{words!r} stands {where} as well"
                hint = "say what is different"
                yield passage.finding(match.start(), "W347", message, hint)
            if number == 0:
                titles.setdefault(key, passage.file)
            else:
                headings.setdefault(key, line)


def terms_twice(loaded: Loaded) -> Iterator[Finding]:
    """W353: two entries of the glossary explain the same word.

    Why: They will say different things one day, and the reader finds only one of them.
    Wrong: - {id: nkao, term: NKAO, definition: …}
        - {id: oblast, term: Autonomous Oblast, also: [NKAO], definition: …}
    Right: - {id: oblast, term: Autonomous Oblast, also: [NKAO], definition: …}
    Remedy: Make them one, with also: for the other word.
    """
    first: dict[str, str] = {}
    for index, term in enumerate(loaded.dossier.glossary.terms):
        for word in {term.term.casefold(), *(also.casefold() for also in term.also)}:
            if first.setdefault(word, term.id) != term.id:
                message = f"term {term.id!r} explains {word!r}, as {first[word]!r} does"
                loc = ("terms", index, "term")
                yield loaded.finding("glossary.yaml", loc, "W353", message, "make them one")


def empty_columns(loaded: Loaded) -> Iterator[Finding]:
    """W354: no row of a table fills one of its columns.

    Why: An empty column takes the width that the others need.
    Wrong: columns:
          - {key: date, label: Date}
        rows:
          - {name: Michel Croz}
    Right: rows:
          - {name: Michel Croz, date: 1865-07-14}
    Remedy: Fill the column, or delete it.
    """
    for name, table in loaded.dossier.tables.items():
        if any(row.draws for row in table.rows):
            continue
        filled = {key for row in table.rows for key in row.cells}
        for index, column in enumerate(table.columns):
            if column.key not in filled:
                message = f"no row fills column {column.key!r}"
                loc = ("columns", index, "key")
                yield loaded.finding(
                    f"tables/{name}.yaml", loc, "W354", message, "fill it, or delete it",
                )  # fmt: skip


def rows_twice(loaded: Loaded) -> Iterator[Finding]:
    """W355: two rows of a table have the same cells.

    Why: A row that was copied and not changed counts something twice.
    Wrong: - {name: Michel Croz, fate: died}
        - {name: Michel Croz, fate: died}
    Right: - {name: Michel Croz, fate: died}
        - {name: Edward Whymper, fate: survived}
    Remedy: Change or delete one of them.
    """
    for name, table in loaded.dossier.tables.items():
        seen: list[object] = []
        for index, row in enumerate(table.rows):
            if row.cells and row.cells in seen and not row.draws:
                message = f"this row has the same cells as row {seen.index(row.cells) + 1}"
                yield loaded.finding(
                    f"tables/{name}.yaml", ("rows", index), "W355", message, "delete it",
                )  # fmt: skip
            seen.append(row.cells)


def image_file_twice(loaded: Loaded) -> Iterator[Finding]:
    """W356: two entries of images.yaml show the same file.

    Why: One of them was copied, and shows a picture under words that belong to another.
    Wrong: - {id: ridge, file: ridge.png}
        - {id: summit, file: ridge.png}
    Right: - {id: summit, file: summit.png}
    Remedy: Correct file:, or keep one entry.
    """
    first: dict[bytes, str] = {}
    for index, image in enumerate(loaded.dossier.images.images):
        raw = loaded.snapshot.files.get(f"images/{image.file}")
        if raw is None:
            continue
        if raw in first:
            message = f"picture {image.id!r} shows the same as {first[raw]!r}"
            loc = ("images", index, "file")
            yield loaded.finding(
                "images/images.yaml", loc, "W356", message, "correct file, or keep one",
            )  # fmt: skip
        first.setdefault(raw, image.id)
