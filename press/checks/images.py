"""Pictures: each is there, is listed, and is what it says."""

from __future__ import annotations

from collections.abc import Iterator

from press.finding import Finding, did_you_mean
from press.load import Loaded


def _pictures(loaded: Loaded) -> list[str]:
    names = [n.removeprefix("images/") for n in loaded.snapshot.files if n.startswith("images/")]
    return [n for n in names if not n.endswith((".yaml", ".md", ".txt"))]


def missing_files(loaded: Loaded) -> Iterator[Finding]:
    """E205: an image is listed and its file is not in images/."""
    files = _pictures(loaded)
    for index, image in enumerate(loaded.dossier.images.images):
        if image.file not in files:
            loc = ("images", index, "file")
            message = f"there is no file images/{image.file}"
            hint = did_you_mean(image.file, files, "put the picture into images/")
            yield loaded.finding("images/images.yaml", loc, "E205", message, hint)


def unlisted_files(loaded: Loaded) -> Iterator[Finding]:
    """E208: a picture lies in images/ without the credit, licence and alt text it needs."""
    listed = {image.file for image in loaded.dossier.images.images}
    declared = loaded.parsed.get("images/images.yaml")
    if declared is not None and isinstance(declared.data, dict):
        items = declared.data.get("images")
        items = items if isinstance(items, list) else []
        listed |= {str(i.get("file")) for i in items if isinstance(i, dict)}
    for name in _pictures(loaded):
        if name not in listed:
            yield Finding(
                loaded.snapshot.place(f"images/{name}"), 0, 0, "E208",
                "the picture is not listed in images/images.yaml",
                "list it with its alt text, caption, credit and licence, or move it away",
            )  # fmt: skip
