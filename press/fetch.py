"""A closed world for WeasyPrint: it may read what it is given, and nothing else."""

from __future__ import annotations

import mimetypes
from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "https://dossier.invalid/"
"""The base URL of every document: the same on every machine, and nowhere."""
_DATA_LIMIT = 4_000_000


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
        elif url[:11].lower() == "data:image/" and len(url) < _DATA_LIMIT:
            return _data(url)
        self.refused.append(url[:200])
        raise ValueError(f"refused: {url[:200]}")


def _data(url: str) -> URLFetcherResponse:
    head, _, body = url.partition(",")
    raw = b64decode(body) if head.endswith(";base64") else unquote(body).encode()
    return URLFetcherResponse(url, raw, {"Content-Type": head[5:].partition(";")[0]})
