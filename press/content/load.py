"""Stage 1: a content folder becomes a Dossier, or every finding at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from press.base.finding import ContentError, Finding, Place, did_you_mean, refusal
from press.base.portable import Portable
from press.base.preferences import NO_PREFERENCES, OURS, Preferences
from press.base.scripts import is_seen
from press.content import kinds, yaml
from press.content.kinds import File, Kind
from press.content.missing import block, lacking, slug_of
from press.content.model import Chapter, Dossier, Value
from press.content.shapes import models_in
from press.content.snapshot import Snapshot
from press.content.validate import Valid, validate
from press.content.yaml import Loc, Parsed

_PICTURE = re.compile(
    r"images/[^/]+\.(png|jpe?g|webp|gif|tiff?|svgz?|mpo|apng|bmp|hei[cf]|avif|jxl|jp2|pdf|e?ps|ai"
    r"|psd|xcf|wmf|emf|dng|cr[23]|nef|arw)",
    re.IGNORECASE,
)
"""What may lie in images/: a check says which of it cannot be printed (E210)."""
_DATA = re.compile(r"(layers|images|plates)/.+\.(geojson|json|shp|shx|dbf|prj|cpg|gpkg|txt|md)")


@dataclass(frozen=True, eq=False)
class Loaded(Portable):
    """A dossier, where each thing was written, and what is wrong with it so far.

    ``parsed`` are the files that are YAML, by name. ``declared`` are, by kind, the ids that things
    have, also those of broken things; None where nobody knows. ``kept`` are, by file and list, the
    numbers of the entries that are valid, where others are not. Of the ``broken`` files nothing
    that is valid could be kept, or something stands in for a key that must be there. ``defaults``
    are what press.yaml says for dossiers that do not.
    """

    dossier: Dossier
    snapshot: Snapshot
    parsed: Mapping[str, Parsed]
    declared: Mapping[str, frozenset[str] | None]
    kept: Mapping[tuple[str, str], tuple[int, ...]]
    broken: frozenset[str]
    findings: tuple[Finding, ...] = ()
    defaults: Preferences = NO_PREFERENCES

    @property
    def preferences(self) -> Preferences:
        """How it is printed where a command does not say: its own word, press.yaml's, or ours."""
        return self.dossier.meta.preferences.or_else(self.defaults).or_else(OURS)

    @property
    def partial(self) -> frozenset[str]:
        """The files of which not everything is in the dossier, because something is broken."""
        read = {chapter.file for chapter in self.dossier.chapters}
        chapters = (n for n in self.snapshot.files if kinds.FILES["chapters/"].match(n))
        unread = (name for name in chapters if self.snapshot.place(name) not in read)
        hidden = self.snapshot.unread
        return frozenset({*self.broken, *(file for file, _ in self.kept), *unread, *hidden})

    def at(self, file: str, *loc: Hashable, key: bool = False) -> Place:
        """Where ``loc`` of the dossier's value from ``file`` was written, or its key."""
        loc = self.written_at(file, loc)
        line, column = self.parsed[file].locate(loc, key) if file in self.parsed else (0, 0)
        return self.snapshot.place(file), line, column

    def finding(
        self, file: str, loc: Loc, code: str, message: str, hint: str = "", key: bool = False
    ) -> Finding:
        """A finding at ``loc`` of the dossier's value from ``file``."""
        return Finding(*self.at(file, *loc, key=key), code, message, hint)

    def written_at(self, file: str, loc: Loc) -> Loc:
        """Where ``loc`` of the value stands in ``file``, which may have broken entries."""
        kept = self.kept.get((file, str(loc[0]))) if len(loc) > 1 else None
        if kept is None:
            return loc
        index = int(str(loc[1]))  # beyond those kept is what the press has put in their place
        return (loc[0], kept[index], *loc[2:]) if index < len(kept) else loc[:1]


def load(snapshot: Snapshot, defaults: Preferences = NO_PREFERENCES) -> Loaded:
    """Parses and validates every file of ``snapshot``; ``defaults`` are those of press.yaml.

    A broken entry is set aside, not the whole file, so that references elsewhere are still
    checked in the same run; ``findings`` then says what was broken, and nothing is printed.
    """
    read = {name: _read(snapshot, name, file) for name, file in _yaml_files(snapshot)}
    parsed = {name: parsed for name, (parsed, _) in read.items() if parsed}
    valid = {name: valid for name, (_, valid) in read.items()}
    chapters, faults = _chapters(snapshot)
    broken = frozenset(name for name, v in valid.items() if not v.whole)
    invalid = (found for v in valid.values() for found in v.findings)
    findings = (*snapshot.faults, *_strangers(snapshot), *faults, *invalid)
    kept = {(name, key): numbers for name, v in valid.items() for key, numbers in v.kept.items()}
    return Loaded(
        _assemble(snapshot.slug, {name: v.value for name, v in valid.items()}, chapters),
        snapshot,
        MappingProxyType(parsed),
        MappingProxyType(_declared(snapshot, parsed, broken)),
        MappingProxyType(kept),
        broken,
        tuple(sorted(findings)),
        defaults,
    )


def _yaml_files(snapshot: Snapshot) -> Iterator[tuple[str, File]]:
    """(name, row) of the YAML files that ``snapshot`` has, hides or must have."""
    names = dict.fromkeys((*kinds.FILES, *snapshot.files, *snapshot.unread))
    for name in names:
        file = kinds.file_of(name)
        if file is None or not name.endswith(".yaml"):
            continue
        if name in snapshot.files or file.absent == "fault" or snapshot.hides(name):
            yield name, file


def _read(snapshot: Snapshot, name: str, file: File) -> tuple[Parsed | None, Valid]:
    """A file as it was written, None where it cannot be read, and what is valid in it."""
    place = snapshot.place(name)
    if snapshot.hides(name):  # its finding is among those of the snapshot
        return None, Valid(None, (), whole=False)
    if name not in snapshot.files:
        hint = "every dossier has one; copy it from another dossier and change it"
        missing = Finding(place, 0, 0, "E002", "file is missing", hint)
        return None, Valid(None, (missing,), whole=False)
    try:
        parsed = _parsed(snapshot.files[name], place)
    except ContentError as error:
        found = tuple(_filled_in(f, file) for f in error.findings)
        return None, Valid(None, found, whole=False)
    return parsed, validate(file.model, parsed, place, file.stand_ins)


def _filled_in(finding: Finding, file: File) -> Finding:
    """What is said of an empty file that must be there: not to delete it, but what to write."""
    if finding.code != "E016" or file.absent != "fault":
        return finding
    lines = block(file.model, lacking(file.model, ()), Parsed({}, {}, {}), (), 0)
    return replace(finding, hint=f"write these lines, and fill them in:\n{lines}")


@lru_cache(maxsize=64)
def _parsed(raw: bytes, place: str) -> Parsed:
    """A file as it was written: one that was read before is not read again, and never changed."""
    return yaml.parse(raw, place)


def _assemble(
    slug: str, values: Mapping[str, Value | None], chapters: tuple[Chapter, ...]
) -> Dossier:
    """The dossier of what is valid."""
    tables = kinds.FILES["tables/"]
    fields: dict[str, Any] = {
        file.field: values.get(name) or file.nothing()
        for name, file in kinds.FILES.items()
        if not file.pattern
    }
    return Dossier.model_construct(
        slug=slug,
        chapters=chapters,
        tables={m["id"]: v for name, v in values.items() if v and (m := tables.match(name))},
        **fields,
    )


def is_known(name: str) -> bool:
    """Whether a file of this name has a place in a dossier's folder."""
    return bool(kinds.file_of(name) or _PICTURE.fullmatch(name) or _DATA.fullmatch(name))


def _strangers(snapshot: Snapshot) -> Iterator[Finding]:
    """Files that would otherwise be ignored without a word."""
    for name in snapshot.files:
        if is_known(name):
            continue
        hint = _meant(name, snapshot) or did_you_mean(
            name, kinds.FILES, "move it out of the dossier's folder"
        )
        if name.startswith("images/") and not name.endswith((".yaml", ".yml")):
            hint = "save it as PNG, JPEG or SVG if it is a picture; else move it away"
        for folder in kinds.FILES.values():
            if folder.pattern and name.startswith(folder.name):
                hint = f"name {folder.stem} like {_like(name, folder)}: {folder.rule}"
                if folder.model is Chapter and PurePosixPath(name).suffix != ".md":
                    hint = _as_markdown(name, folder)
                elif folder.model is not Chapter and not name.endswith((".yaml", ".yml")):
                    hint = f"a table is YAML: write its title, columns and rows in {folder.name}"
                    hint += _like(name, folder)
                elif name.count("/") > 1 and folder.match(at := folder.name + _like(name, folder)):
                    hint = f"move it to {at}"
        yield Finding(snapshot.place(name), 0, 0, "E003", "the press does not know this file", hint)


_MISCALLED = {
    word: file
    for file, words in {
        "chronology.yaml": "event events timeline timelines dates chronologie ereignisse",
        "gazetteer.yaml": "place places location locations geography towns orte lieux",
        "sources.yaml": "source bibliography references citations literature quellen bibliographie",
        "people.yaml": "person persons actors biographies personen personnes",
        "glossary.yaml": "terms term definitions vocabulary glossar glossaire",
        "plates.yaml": "map maps charts plate karten cartes",
        "images/images.yaml": "images pictures photos figures",
        "questions.yaml": "question quiz exercises tasks fragen",
        "dossier.yaml": "meta metadata config settings",
        "facts.yaml": "fact figures numbers data",
    }.items()
    for word in words.split()
}
"""The files that are meant by names which newcomers give them, without their suffix."""


def _meant(name: str, snapshot: Snapshot) -> str:
    """What to do with a file that has another name in a dossier; "" where none can be meant."""
    path = PurePosixPath(name)
    if path.suffix.lower() == ".css":
        return "a dossier has no style sheet: move it to styles/local.css, or to styles/themes/"
    file = _MISCALLED.get(path.stem.casefold())
    if file is None or path.suffix.lower() not in (".yaml", ".yml", ".json", ".csv", ".md", ".txt"):
        return ""
    if file in snapshot.files:
        return f"put what it holds into {file}"
    return f"name it {file}"


_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


def _like(name: str, folder: kinds.File) -> str:
    """The name of a file as it may stand in a folder, or an example."""
    path = PurePosixPath(name)
    number = re.match(r"\d{0,2}", path.stem)
    words = slug_of(path.stem[number.end() :]) if number else ""
    for called in (
        f"{(number[0] if number and number[0] else '1').zfill(2)}-{words}.md",
        f"{slug_of(path.stem)}.yaml",
    ):
        if folder.match(f"{folder.name}{called}"):
            return called
    return folder.example


def _as_markdown(name: str, folder: kinds.File) -> str:
    """What to do with a chapter that has another suffix, or that another program wrote."""
    path = PurePosixPath(name)
    called = f"{path.stem}.md"
    fits = folder.match(f"{folder.name}{called}")
    called = called if fits else f"a name like {folder.example}: {folder.rule}"
    if path.suffix.lower() in _MARKDOWN:
        return f"{'name it' if fits else 'give it'} {called}"
    return f"a chapter is Markdown, and this file is not: save its text as {called}"


def _chapters(snapshot: Snapshot) -> tuple[tuple[Chapter, ...], tuple[Finding, ...]]:
    """The chapters in the order of their files, and what is wrong with these."""
    chapters: list[Chapter] = []
    findings: list[Finding] = []
    numbers: dict[int, str] = {}
    for name in sorted(snapshot.files):
        if not (match := kinds.FILES["chapters/"].match(name)):
            continue
        place, number = snapshot.place(name), int(match["number"])
        if (first := numbers.setdefault(number, name)) != name:
            message = f"number {match['number']} is taken by {first}"
            hint = "give each chapter its own number"
            findings.append(Finding(place, 0, 0, "E161", message, hint))
        try:
            chapters.append(_chapter(snapshot.files[name], place, match["id"], number))
        except ContentError as error:
            findings.extend(error.findings)
    return tuple(chapters), tuple(findings)


def _chapter(raw: bytes, place: str, ident: str, number: int) -> Chapter:
    """The chapter in a file; raises ContentError where it has no text, or no title."""
    text = yaml.decode(raw, place)
    if not is_seen(text):
        hint = "write a chapter that begins with # and its title, or delete the file"
        raise refusal(place, "E016", "file is empty", hint)
    lines = text.split("\n")
    first = next(i for i, line in enumerate(lines) if is_seen(line))
    heading = re.match(r"^#\s+(\S.*?)\s*#*\s*$", lines[first])
    if not heading or not is_seen(heading[1]):
        message, hint = _untitled(lines, first)
        raise refusal(place, "E160", message, hint, first + 1, 1)
    return Chapter(
        id=ident,
        number=number,
        title=heading[1],
        file=place,
        line=first + 2,
        body="\n".join(lines[first + 1 :]),
    )


def _untitled(lines: Sequence[str], first: int) -> tuple[str, str]:
    """Message and remedy for a chapter whose line ``first`` is not its title."""
    hint = "begin the chapter with its title: # Title"
    line = lines[first].strip()
    under = lines[first + 1].strip() if first + 1 < len(lines) else ""
    if line in ("---", "+++"):
        message = f"chapter has no title: {line} begins front matter, which the press does not read"
        return message, f"delete it down to the next {line}, and {hint}"
    if (under and not under.strip("=")) or (len(under) > 2 and not under.strip("-")):
        return f"chapter has no title: {line[:40]!r} is underlined", f"write # {line} on one line"
    if re.match(r"#[^#\s]", line):
        hint = f"write a space behind the sign: # {line[1:]}"
    elif line.startswith("##"):
        hint = f"write one sign: # {line.lstrip('# ')}"
    return f"chapter has no title: it begins with {line[:40]!r}", hint


def _declared(
    snapshot: Snapshot, parsed: Mapping[str, Parsed], broken: Collection[str]
) -> dict[str, frozenset[str] | None]:
    """By kind, every id that its file gives to something, also where that something is broken.

    None where nobody knows: the file is there and cannot be read, or it has a list without entries,
    or an entry of it has no id, or that of another.
    """
    return {
        kind.name: _ids(kind, file, snapshot, parsed, broken)
        for file in kinds.FILES.values()
        for kind in file.kinds
    }


def _ids(
    kind: Kind,
    file: File,
    snapshot: Snapshot,
    parsed: Mapping[str, Parsed],
    broken: Collection[str],
) -> frozenset[str] | None:
    """The ids that things of a kind have; None where nobody knows."""
    if snapshot.hides(file.name.rstrip("/")):
        return None
    if file.pattern:
        names = (*snapshot.files, *snapshot.unread)
        return frozenset(m["id"] for name in names if (m := file.match(name)))
    if file.name not in snapshot.files:
        return frozenset()
    data = parsed[file.name].data if file.name in parsed else None
    items = (data.get(kind.key) or []) if isinstance(data, dict) else None
    if not isinstance(items, list) or (not items and file.name in broken):
        return None
    lost = [piece for piece in parsed[file.name].lost if piece.key == kind.key]
    if any(not piece.ids for piece in lost):
        return None
    listed = [ident for item in items if (ident := _id_of(item))]
    thing = next(models_in(file.model.model_fields[kind.key].annotation))
    nameless = len(listed) < len(items) and thing.model_fields["id"].is_required()
    if nameless or len(set(listed)) < len(listed):
        return None
    return frozenset(listed).union(*(piece.ids for piece in lost))


def _id_of(item: object) -> str:
    """The id of an entry, in the letters of ids where it has others; "" where nobody knows it."""
    ident = item.get("id") if isinstance(item, dict) else None
    if not isinstance(ident, str):
        return ""
    return ident if re.fullmatch(r"[a-z0-9][a-z0-9-]*", ident) else slug_of(ident)
