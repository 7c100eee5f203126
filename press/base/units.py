"""Units of length in points, of which an inch has 72, and things that are counted."""

from string import ascii_lowercase

MM = 72 / 25.4
"""Points in a millimetre."""
PX = 72 / 96
"""Points in a pixel of CSS."""


def counted(number: int, one: str) -> str:
    """A number with what it counts, in one or in several: ``1 page``, ``2 pages``."""
    return f"{number} {one if number == 1 else f'{one}s'}"


def letters(number: int) -> str:
    """The sign of this number, from 0: a to z, then aa, ab and so on."""
    rest, last = divmod(number, len(ascii_lowercase))
    return (letters(rest - 1) if rest else "") + ascii_lowercase[last]
