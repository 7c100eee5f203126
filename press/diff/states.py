"""The two states of a dossier that are compared: a folder, or a revision that git keeps.

A revision is read object by object: no checkout, no attributes, no filters, no hooks of the
repository take part, and what is read passes the same limits as a folder does.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from press.base.finding import ContentError, Finding, did_you_mean, refusal
from press.content import snapshot
from press.content.snapshot import Snapshot

CONTENT = "content"
SECONDS = 60
"""How long git may take for one answer."""
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class State:
    """One state: how the reader calls it, a name fit for a file, and its files."""

    name: str
    stem: str
    files: Snapshot = field(repr=False)


def state(root: Path, written: str, slug: str = "") -> State:
    """The state that ``written`` names: a dossier's folder, a project's folder, or a revision.

    Raises ContentError with D801 to D806 where there is none, or where it cannot be told which.
    """
    folder = Path(written)
    if folder.is_dir():
        return _folder(folder, written, slug)
    if re.search(r"[\\/]", written) and (folder.is_absolute() or written.startswith(".")):
        hint = "check the path, or name a revision like HEAD~1 or v1"
        raise refusal(written, "D801", "there is no such folder", hint)
    return _revision(root, written, slug)


def _chosen(written: str, there: Sequence[str], slug: str) -> str:
    """The dossier to compare among those that are there."""
    if slug in there:
        return slug
    if slug:
        hint = did_you_mean(slug, there, f"there are {', '.join(there) or 'none'}")
        raise refusal(written, "D803", f"there is no dossier {slug!r} in it", hint)
    if len(there) == 1:
        return there[0]
    if not there:
        hint = "name a folder with a dossier.yaml, or one that has dossiers under content/"
        raise refusal(written, "D802", "there is no dossier in it", hint)
    hint = f"add --dossier and one of {', '.join(there)}"
    raise refusal(written, "D804", "there are several dossiers in it", hint)


def _stem(name: str) -> str:
    """``name`` as a part of a file's name."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[-40:].strip("-") or "here"


def _folder(folder: Path, written: str, slug: str) -> State:
    if not (folder / "dossier.yaml").is_file():
        content = folder / CONTENT
        there = sorted(
            p.name
            for p in (content.iterdir() if content.is_dir() else ())
            if _SLUG.fullmatch(p.name) and (p / "dossier.yaml").is_file()
        )
        folder = content / _chosen(written, there, slug)
    label = folder.as_posix()
    read = snapshot.read(folder, label)
    slug = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "dossier"
    return State(written, _stem(written), Snapshot(slug, label, read.files))


# -- git ---------------------------------------------------------------------------------------


def _revision(root: Path, written: str, slug: str) -> State:
    commit = _commit(root, written)
    listed = _git(root, "ls-tree", "-d", "-z", "--name-only", "--full-tree",
                  f"{commit}:./{CONTENT}", may_fail=True)  # fmt: skip
    chosen = _chosen(written, [name for name in _lines(listed) if _SLUG.fullmatch(name)], slug)
    label = f"{written}:{CONTENT}/{chosen}"
    files = _files(root, f"{commit}:./{CONTENT}/{chosen}", label)
    name = written if commit.startswith(written) else f"{written} ({commit[:9]})"
    return State(name, commit[:9], Snapshot(chosen, label, files))


def _commit(root: Path, written: str) -> str:
    """The commit that ``written`` names."""
    if written.startswith("-"):
        raise refusal(written, "D806", "is no revision", "see build.py --help")
    wanted = f"{written}^{{commit}}"
    asked = _git(root, "rev-parse", "--verify", "--quiet", wanted, may_fail=True)
    if asked is None:
        inside = _git(root, "rev-parse", "--git-dir", may_fail=True)
        if inside is None:
            hint = "compare two folders, or put the project under git"
            raise refusal(written, "D805", "is no folder, and the project is not under git", hint)
        hint = "check the name; git log and git tag list what there is"
        raise refusal(written, "D806", "is neither a folder nor a revision", hint)
    return asked.decode("ascii").strip()


def _git(root: Path, *words: str, may_fail: bool = False, given: bytes = b"") -> bytes | None:
    """What git answers; None where it fails and may. Raises ContentError where git is missing."""
    command = ["git", "--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false",
               "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never", *words]  # fmt: skip
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env={**kept, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"},
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError:
        hint = "install git, or compare two folders"
        raise refusal("git", "D805", "git is not installed", hint) from None
    except subprocess.TimeoutExpired:
        raise refusal("git", "D805", f"git took longer than {SECONDS} s", "try again") from None
    if done.returncode:
        if may_fail:
            return None
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        what = said[0] if said else f"it ended with {done.returncode}"
        raise refusal("git", "D802", f"git cannot read it: {what}", "check the revision")
    return done.stdout


def _lines(answer: bytes | None) -> list[str]:
    return [line.decode("utf-8", "replace") for line in (answer or b"").split(b"\0") if line]


def _files(root: Path, tree: str, label: str) -> Mapping[str, bytes]:
    """The files of a tree by their path in it; raises ContentError as reading a folder does."""
    listed: list[tuple[str, str]] = []
    findings: list[Finding] = []
    total = 0
    for line in _lines(_git(root, "ls-tree", "-r", "-z", "--long", "--full-tree", tree)):
        head, _, name = line.partition("\t")
        mode, kind, digest, size = head.split()
        if any(snapshot.ignored(part) for part in name.split("/")):
            continue
        fault = _fault(name, mode, kind, size)
        if fault:
            hint = "put a plain copy of the file in the dossier's folder"
            findings.append(Finding(f"{label}/{name}", 0, 0, "E004", fault, hint))
            continue
        total += int(size)
        listed.append((name, digest))
    if total > snapshot.TOTAL_LIMIT or len(listed) > snapshot.COUNT_LIMIT:
        message = f"it holds more than {snapshot.COUNT_LIMIT} files or {snapshot.TOTAL_LIMIT} bytes"
        findings.append(Finding(label, 0, 0, "E005", message, "split the dossier"))
    if findings:
        raise ContentError(findings)
    asked = "".join(f"{digest}\n" for _, digest in listed).encode("ascii")
    answer = _git(root, "cat-file", "--batch", given=asked) or b""
    return dict(zip((name for name, _ in listed), _blobs(answer), strict=True))


def _fault(name: str, mode: str, kind: str, size: str) -> str:
    """What speaks against reading an entry of a tree; empty where nothing does."""
    if kind != "blob" or mode not in ("100644", "100755"):
        return "is a symbolic link or no file"
    if not name.isprintable() or len(name) > snapshot.NAME_LIMIT or ".." in name.split("/"):
        return "the name is too long or has unprintable characters"
    if name.count("/") > snapshot.DEPTH_LIMIT:
        return f"folders are nested deeper than {snapshot.DEPTH_LIMIT}"
    if int(size) > snapshot.FILE_LIMIT:
        return f"has {size} bytes; the limit is {snapshot.FILE_LIMIT}"
    return ""


def _blobs(answer: bytes) -> Iterator[bytes]:
    """The contents in an answer of ``git cat-file --batch``."""
    at = 0
    while at < len(answer):
        line = answer.index(b"\n", at)
        size = int(answer[at:line].split()[2])
        yield answer[line + 1 : line + 1 + size]
        at = line + 1 + size + 1
