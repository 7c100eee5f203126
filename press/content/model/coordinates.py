"""Coordinates as people copy them, and the decimal degrees that they mean."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,3}(?:[.,]\d+)?"


def _part(number: int) -> str:
    """The pattern of one of both coordinates."""
    return (
        rf"(?P<before{number}>[NSEW])?\s*(?P<degrees{number}>-?{_NUMBER})\s*°?\s*"
        rf"(?:(?P<minutes{number}>{_NUMBER})\s*')?\s*"
        rf"(?:(?P<seconds{number}>{_NUMBER})\s*\")?\s*(?P<behind{number}>[NSEW])?"
    )


_PAIR = re.compile(rf"{_part(1)}[\s,;/،]+{_part(2)}", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<![\d.])(-?\d{1,2}\.\d{2,})[,/]\s*(-?\d{1,3}\.\d{2,})(?![\d.])")
_SIGNS = str.maketrans({"−": "-", "º": "°", "’": "'", "′": "'", "”": '"', "″": '"', "“": '"'})


def decimal(text: str) -> str:
    """``45°58′34″N 7°39′29″E`` or a map's address as ``45.97611, 7.65806``; "" for anything else.

    Latitude first; where letters say that it comes second, they are turned.
    """
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    plain = plain.translate(_SIGNS).replace("''", '"').strip(" ()[]")
    if match := _PAIR.fullmatch(plain):
        first, second = (_degrees(match, part) for part in "12")
        letters = [(match[f"before{n}"] or match[f"behind{n}"] or "").upper() for n in "12"]
        if set(letters) & set("EW") and letters[0] in ("E", "W"):
            first, second, letters = second, first, letters[::-1]
        if letters[0] in ("", "N", "S") and letters[1] in ("", "E", "W"):
            return f"{round(first, 5):.9g}, {round(second, 5):.9g}"
    found = _IN_ADDRESS.findall(plain)
    return ", ".join(found[0]) if len(found) == 1 else ""


def _degrees(match: re.Match[str], part: str) -> float:
    """One of both in degrees; south and west are negative."""
    degrees, minutes, seconds = (
        float((match[f"{name}{part}"] or "0").replace(",", "."))
        for name in ("degrees", "minutes", "seconds")
    )
    size = abs(degrees) + minutes / 60 + seconds / 3600
    letter = (match[f"before{part}"] or match[f"behind{part}"] or "").upper()
    return -size if degrees < 0 or letter in ("S", "W") else size
