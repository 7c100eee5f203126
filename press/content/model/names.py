"""Names of people and bodies as sources give them: ``Family, Given, Jr.``, ``{United Nations}``."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from press.content.model.values import Value, as_list, fault
from press.content.source_text import CURLY

_SUFFIX = re.compile(
    r"(?:[JS]r|[JS]un|[JS]en|junior|senior|[IVX]+|[1-9](?:st|nd|rd|th)|Esq|Ph\.? ?D|M\.? ?D|[A-Z]BE"
    r"|S\.? ?J|O\.? ?F\.? ?M|O\.? ?S\.? ?B|O\.? ?P|fils|père|aîné|cadet|d\. ?[ÄJ]"
    r"|der (?:Ältere|Jüngere))\.?",
    re.IGNORECASE,
)
_SUFFIXED = re.compile(r"(?P<family>\S.*?)\s+(?P<suffix>[JS]r\.?|II|III|IV)")
_ROLE = re.compile(
    r"(?P<name>\S.*?)(?P<mark>,?\s*[(\[]|,\s+)"
    r"(?:(?P<trans>tr|trans|transl|translator|übers|übersetzer(?:in)?|trad|traducteur|traductrice)"
    r"|eds?|editors?|edited by|hgg?|hrsg|herausgeber(?:in)?|éds?|dirs?|coords?|comps?|red)"
    r"(?:\.[)\]]?|[)\]])",
    re.IGNORECASE,
)
"""A name and behind it, in brackets or with a point, what somebody did for a source."""
_OPENING = "“„«‘‚‹"
_JOINED = re.compile(r"\s(?:and|und|et|&)\s|/")


class NameParts(Value):
    """A name in its parts, in the words of CSL; a body, or a name that is never turned, is literal.

    A ``non-dropping-particle`` is said with the family name and not filed by: "von Humboldt" under
    H. A ``dropping-particle`` is left out where the family name stands alone: "Beethoven".
    """

    family: str = Field("", description="the part by which the name is filed")
    given: str = ""
    suffix: str = Field("", description="Jr., III")
    non_dropping_particle: str = Field(
        "", description="said with the family name but not filed by: von in von Humboldt"
    )
    dropping_particle: str = Field("", description="left out in short forms: van in Beethoven")
    literal: str = Field("", description="a body, or a name that is printed as it stands")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.family) == bool(self.literal):
            hint = "write {family: Humboldt, given: Alexander, non-dropping-particle: von}"
            raise fault("E143", "a name needs either family or literal", hint)
        return self


class WrittenName(NameParts):
    """A name that was written as one text, in which the language may see a particle.

    One without a comma is literal: a body, or a person in the natural order, "Thomas de Waal".
    """


def read_name(value: object) -> object:
    """A text's name; whatever is no text as it stands. Raises a fault for what it would lose."""
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    if text.startswith("{") and text.endswith("}"):
        return NameParts.model_validate({"literal": text[1:-1].strip() or text})
    role = _ROLE.fullmatch(text)
    if role and (role["mark"].strip() != "," or " " in role["name"]):  # not "Smith, Ed."
        field = "translator" if role["trans"] else "editor"
        hint = f'write {field}: ["{role["name"]}"]; the press says what they are'
        raise fault("E143", f"{text!r} has a role in the name", hint)
    parts = [part for part in map(str.strip, text.split(",")) if part]
    if ";" in text or (len(parts) > 1 and _JOINED.search(text)):
        raise fault("E143", f"{text!r} is more than one name", _one_each(text))
    if len(parts) < 2:
        return WrittenName.model_validate({"literal": text})
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]) and not _SUFFIX.fullmatch(parts[2]):
        parts = [parts[0], parts[2], parts[1]]
    if len(parts) > 3 or (len(parts) == 3 and not _SUFFIX.fullmatch(parts[2])):
        message = f"{text!r} has {len(parts)} parts; a name is Family, Given or Family, Given, Jr."
        raise fault("E143", message, _one_each(text))
    family, given, suffix = (*parts, "")[:3]
    if not suffix and (match := _SUFFIXED.fullmatch(family)):
        family, suffix = match["family"], match["suffix"]
    return WrittenName.model_validate({"family": family, "given": given, "suffix": suffix})


def read_names(value: object) -> object:
    """A list of names, as it stands. Raises a fault where commas have cut names that hang together.

    Those in quotation marks of print, which YAML does not know, and those parted by semicolons.
    """
    listed = as_list(value)
    texts = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    if any(text.strip()[:1] in _OPENING and text.strip() for text in texts):
        names = re.split(r"(?<=[”“‘’»«])\s*[,;]\s*", ", ".join(texts).strip())
        right = ", ".join(f'"{name.strip(CURLY)}"' for name in names)
        message = f"{texts[0].strip()[:1]} is no quotation mark to YAML"
        raise fault("E143", message, f"write straight ones: [{right}]")
    if len(texts) > 1 and any(";" in text for text in texts):
        text = ", ".join(texts)
        raise fault("E143", f"{text!r} is parted by commas and semicolons", _one_each(text))
    return listed


def _one_each(text: str) -> str:
    names = re.split(r"\s*;\s*", text)
    if len(names) == 1 and all("," in name for name in _JOINED.split(text)):
        names = [name.strip(" ,") for name in _JOINED.split(text)]
    if len(names) == 1:
        parts = [part.strip() for part in text.split(",")]
        names = [", ".join(parts[n : n + 2]) for n in range(0, len(parts), 2)]
    listed = ", ".join(f'"{name}"' for name in names if name)
    return f'write each name apart, [{listed}], or the name of a body in braces: "{{{text}}}"'


Names = Annotated[
    tuple[Annotated[NameParts, BeforeValidator(read_name)], ...], BeforeValidator(read_names)
]
"""Names of the people or bodies in one role."""
