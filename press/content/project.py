"""Reads press.yaml, which chooses a theme and a paper for dossiers that choose none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from press.base.finding import ContentError, Finding, Place
from press.base.preferences import NO_PREFERENCES, Preferences
from press.content import yaml
from press.content.model import Defaults
from press.content.snapshot import PROJECT_FILES, project_files
from press.content.validate import validate
from press.content.yaml import Parsed

FILE, *MISCALLED = PROJECT_FILES


@dataclass(frozen=True)
class Project:
    """What press.yaml chooses: nothing where it is not there, or is not valid.

    ``files`` are its bytes by name, ``parsed`` is what was written, None where nothing can be read.
    """

    preferences: Preferences = NO_PREFERENCES
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    parsed: Parsed | None = field(default=None, repr=False)
    findings: tuple[Finding, ...] = ()

    def at(self, key: str) -> Place:
        """Where the value of ``key`` was written."""
        return (FILE, *(self.parsed.locate((key,)) if self.parsed else (0, 0)))


def read_project() -> Project:
    """press.yaml as it is now; whatever is wrong with it comes back as findings."""
    try:
        files = project_files()
    except ContentError as error:
        return Project(findings=error.findings)
    silent = Project(files=files, findings=(*_miscalled(files), *_unread(files)))
    if FILE not in files:
        return silent
    try:
        parsed = yaml.parse(files[FILE], FILE)
    except ContentError as error:
        return replace(silent, findings=(*silent.findings, *error.findings))
    valid = validate(Defaults, parsed, FILE)
    said = valid.value.preferences if isinstance(valid.value, Defaults) else NO_PREFERENCES
    return Project(said, files, parsed, (*silent.findings, *valid.findings))


def _miscalled(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """E003 for each file that its author takes for press.yaml."""
    for name in MISCALLED:
        if name in files:
            hint = f"name it {FILE}"
            yield Finding(name, 0, 0, "E003", "the press does not know this file", hint)


def _unread(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """W727 for each file beside press.yaml or the dossiers' folders that nothing reads."""
    for name in files:
        if name in PROJECT_FILES:
            continue
        style = name.endswith(".css")
        hint = "move it into the folder of the dossier that it belongs to, content/my-subject/"
        hint = "move it to styles/local.css, where tweaks to every page stand" if style else hint
        yield Finding(name, 0, 0, "W727", "nothing reads this file", hint)
