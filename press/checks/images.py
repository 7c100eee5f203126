"""Pictures: each is there, is listed, and is a whole picture."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageFile, UnidentifiedImageError

from press.base.finding import Finding, did_you_mean
from press.content.load import Loaded


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


PIXELS = 40_000_000
"""Most pixels that a picture may have; more is slow to set and no sharper in print."""
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def broken_pictures(loaded: Loaded) -> Iterator[Finding]:
    """E210: a file that is no picture, or not a whole one, or one that moves."""
    for index, image in enumerate(loaded.dossier.images.images):
        raw = loaded.snapshot.files.get(f"images/{image.file}")
        if raw is not None and (fault := _fault(raw)):
            loc = ("images", index, "file")
            message = f"images/{image.file} {fault[0]}"
            yield loaded.finding("images/images.yaml", loc, "E210", message, fault[1])


def _fault(raw: bytes) -> tuple[str, str] | None:
    """What is wrong with a picture, and the remedy; None where it can be read to its end."""
    again = "save it again as PNG or JPEG"
    whole = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
            warnings.simplefilter("ignore")
            if picture.width * picture.height > PIXELS:
                return f"has {picture.width} × {picture.height} pixels", "make it smaller"
            frames = int(getattr(picture, "n_frames", 1))
            if frames > 1:
                return f"has {frames} frames", "save one of them as a picture"
            picture.load()
    except UnidentifiedImageError:
        return "is no PNG, JPEG, WebP or GIF picture", again
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        return f"is damaged: {' '.join(str(error).split())}", again
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = whole
    return None
