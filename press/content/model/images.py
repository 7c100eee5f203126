"""images/images.yaml: pictures, and what is printed and spoken with them."""

from __future__ import annotations

from press.content.model.values import Cites, Slug, Text, Value, WebAddress, WordsText


class Image(Value):
    """A picture with all that must be printed or spoken with it."""

    id: Slug
    file: Text
    alt: WordsText
    caption: WordsText
    credit: Text
    licence: Text
    url: WebAddress = ""
    sources: Cites = ()


class Images(Value):
    """images/images.yaml."""

    images: tuple[Image, ...] = ()
