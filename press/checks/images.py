"""Pictures: each is there and whole, is listed, placed once, and described in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from press.base.finding import Remark, did_you_mean
from press.checks.texts import chapters
from press.checks.uses import placed
from press.checks.words import listed
from press.content import model, pictures
from press.content.load import Loaded, is_known
from press.content.walk import each, twins


def _pictures(loaded: Loaded) -> list[str]:
    files = loaded.snapshot.files
    return [name.removeprefix("images/") for name in files if pictures.is_picture(name)]


def missing_files(loaded: Loaded) -> Iterator[Remark]:
    """E205: an image is listed and its file is not in images/."""
    files = _pictures(loaded)
    for at, image in each(loaded, model.Image):
        if image.file not in files and not loaded.snapshot.hides(f"images/{image.file}"):
            hint = did_you_mean(image.file, files, "put the picture into images/")
            yield at("file"), f"there is no file images/{image.file}", hint


def unlisted_files(loaded: Loaded) -> Iterator[Remark]:
    """E208: a picture lies in images/ without the credit, licence and alt text it needs."""
    listed = {image.file for image in loaded.dossier.images.images}
    declared = loaded.parsed.get("images/images.yaml")
    if declared is not None and isinstance(declared.data, dict):
        items = declared.data.get("images")
        items = items if isinstance(items, list) else []
        listed |= {str(i.get("file")) for i in items if isinstance(i, dict)}
    for name in _pictures(loaded):
        if name not in listed and is_known(f"images/{name}"):
            at = loaded.snapshot.place(f"images/{name}"), 0, 0
            hint = "list it with its alt text, caption, credit and licence, or move it away"
            yield at, "the picture is not listed in images/images.yaml", hint


def broken_pictures(loaded: Loaded) -> Iterator[Remark]:
    """E210: a file that is no picture that can be printed: damaged, of another kind, moving."""
    for at, image in each(loaded, model.Image):
        raw = loaded.snapshot.files.get(f"images/{image.file}")
        if raw is not None and (fault := _fault(raw)):
            yield at("file"), f"images/{image.file} {fault[0]}", fault[1]


@lru_cache(maxsize=32)
def _fault(raw: bytes) -> tuple[str, str] | None:
    """What is wrong with a picture, which a process that checks again need not read again."""
    return pictures.fault(raw)


def words_in_other_letters(loaded: Loaded) -> Iterator[Remark]:
    """W357: the words of a drawing ask for a font that is not the press's.

    Why: Only the project's fonts are used, so that a page is the same on every machine. The words
        are set in the theme's sans, and may be wider or narrower than the drawing leaves room for.
    Wrong: <text font-family="Arial">
    Right: <path d="…"/>
    Remedy: Look at the printed page; where it matters, turn words into paths in the program that
        made the drawing.
    """
    for at, image in each(loaded, model.Image):
        raw = loaded.snapshot.files.get(f"images/{image.file}", b"")
        if families := pictures.families_of(raw):
            message = f"the words of images/{image.file} ask for {', '.join(families[:3])}"
            hint = "they are set in the theme’s sans; turn them into paths if that does not fit"
            yield at("file"), message, hint


def unused_images(loaded: Loaded) -> Iterator[Remark]:
    """W342: a picture is listed and stands nowhere.

    Why: A picture is printed where a chapter places it, and only there.
    Wrong: - {id: ridge, file: ridge.png}        # and no ![](image:ridge)
    Right: ![](image:ridge)
    Remedy: Place it in a paragraph of its own, or delete the entry and its file.
    """
    found = {pair for passage in chapters(loaded) for pair in placed(passage)}
    for at, image in each(loaded, model.Image):
        if ("image", image.id) not in found:
            message = f"picture {image.id!r} is not printed: no chapter places it"
            hint = f"write ![](image:{image.id}) in a paragraph of its own, or delete it"
            yield at("id"), message, hint


def image_file_twice(loaded: Loaded) -> Iterator[Remark]:
    """W356: two entries of images.yaml show the same file.

    Why: One of them was copied, and shows a picture under words that belong to another.
    Wrong: - {id: ridge, file: ridge.png}
        - {id: summit, file: ridge.png}
    Right: - {id: summit, file: summit.png}
    Remedy: Correct file:, or keep one entry.
    """
    files = loaded.snapshot.files
    there = (pair for pair in each(loaded, model.Image) if f"images/{pair[1].file}" in files)
    for at, image, twin in twins(there, lambda one: [files[f"images/{one.file}"]]):
        message = f"picture {image.id!r} shows the same as {twin.id!r}"
        yield at("file"), message, "correct file, or keep one"


def _alt_faults(loaded: Loaded, alt: str, caption: str, file: str) -> Iterator[str]:
    openings = listed(loaded, "check.alt-opening")
    if alt.casefold().rstrip(".") == caption.casefold().rstrip("."):
        yield "repeats the caption, which is read aloud as well"
    elif any(alt.casefold().startswith(opening.casefold()) for opening in openings):
        yield "begins by saying that it is a picture, which is said already"
    elif alt.casefold() in (file.casefold(), file.rpartition(".")[0].casefold()):
        yield "is the name of the file"
    elif len(alt) < _SHORT_ALT:
        yield "is too short to describe anything"


_SHORT_ALT = 8


def empty_alt(loaded: Loaded) -> Iterator[Remark]:
    """W334: the alt text of a picture says nothing that is not said already.

    Why: It is all that a reader who cannot see the picture has. It says what is to be seen; the
        caption says what that means.
    Wrong: alt: Image of the ridge
    Right: alt: A steep ridge of broken rock against the sky, with two climbers at its foot.
    Remedy: Describe what is to be seen, in a sentence.
    """
    for at, image in each(loaded, model.Image):
        for what in _alt_faults(loaded, image.alt, image.caption, image.file):
            hint = "describe what is to be seen, in a sentence"
            yield at("alt"), f"the alt text {what}", hint
