"""What the press says of itself in each language, and how each writes months, numbers and lists.

The words stand in catalogues; months, day order and numerals come from CLDR, through Babel.
"""

from press.locale.catalogue import (
    MessageError,
    has_words,
    languages,
    messages,
    own_words,
    truth,
    truth_meant,
)
from press.locale.locales import (
    LanguageError,
    cities,
    cldr,
    code_of,
    decimals,
    language_fault,
    language_name,
    listed,
    month_names,
    number,
    right_to_left,
)

__all__ = [
    "LanguageError", "MessageError", "cities", "cldr", "code_of", "decimals", "has_words",
    "language_fault", "language_name", "languages", "listed", "messages", "month_names", "number",
    "own_words", "right_to_left", "truth",
    "truth_meant",
]  # fmt: skip
