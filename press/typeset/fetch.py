"""A closed world for WeasyPrint: it may read what it is given, and nothing else."""

from __future__ import annotations

import mimetypes
from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from press.content.yaml import text_place
from press.typeset.engine import URLFetcher, URLFetcherResponse

BASE = "https://dossier.invalid/"
"""The base URL of every document: the same on every machine, and nowhere."""
_DATA_LIMIT = 4_000_000
_DATA = ("data:image/png", "data:image/jpeg", "data:image/svg+xml")
"""Pictures that a style sheet may bring along in its own text."""


class ClosedWorld(URLFetcher):
    """Serves the files of a mapping under ``BASE`` and refuses, and remembers, all else."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(timeout=1, allowed_protocols=(), allow_redirects=False)
        self._files = files
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
        """The response for ``url``; raises ValueError for anything outside the mapping."""
        if url.startswith(BASE):
            name = unquote(urlsplit(url).path).lstrip("/")
            if name in self._files:
                kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
                return URLFetcherResponse(url, self._files[name], {"Content-Type": kind})
        elif url.lower().startswith(_DATA) and len(url) < _DATA_LIMIT:
            return _data(url)
        self.refused.append(url[:200])
        raise ValueError(f"refused: {url[:200]}")


def asked(url: str, sources: Mapping[str, bytes]) -> tuple[str, int, int] | None:
    """File, line and column of the words that asked for ``url``, or for a font by its family.

    None where nobody wrote them.

    ``sources`` are templates, styles and content by the names that findings give them. A document
    resolves addresses before it fetches them, so ever shorter ends of ``url`` are looked for.
    """
    path = unquote(url.removeprefix(BASE))
    parts = path.split("/")
    ends = ["/".join(parts[n:]) for n in range(len(parts))]
    for end in (url, *(e for e in ends if len(e) > 2)):
        for name in sorted(sources):
            at = sources[name].find(end.encode())
            if at >= 0:
                before = sources[name][:at].decode("utf-8", "replace")
                return name, *text_place(before, len(before))
    return None


def _data(url: str) -> URLFetcherResponse:
    head, _, body = url.partition(",")
    raw = b64decode(body) if head.endswith(";base64") else unquote(body).encode()
    return URLFetcherResponse(url, raw, {"Content-Type": head[5:].partition(";")[0]})
