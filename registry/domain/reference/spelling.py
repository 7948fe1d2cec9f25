"""How publishers spell their programmes: what is the same code, whatever case, blanks or brackets.

Every function gives a key to look up; the table `aliases.csv` is folded by the same functions.
"""

import re
from collections.abc import Callable, Iterator

_ACT = re.compile(r"(\d{1,4})\s*/+\s*(\d{1,5})")
_NUMBER = re.compile(r"\d{3,4}")
_WORD = re.compile(r"[^\W_]+")
# Words of a UK title that do not tell one regime from another: "The ... (Sanctions) (EU Exit)
# (No. 2) Regulations 2019"; its year goes as well.
_UK_FRAME = frozenset({"the", "sanctions", "eu", "exit", "regulations", "no", "2", "of", "and"})


def code(official_list: str, text: str) -> str:
    """Fold a programme code as its list writes it."""
    return _CODES.get(official_list, _plain)(text)


def acts(official_list: str, text: str) -> Iterator[str]:
    """The acts that a designation names, as keys to try in this order."""
    if official_list.startswith("eu-"):
        for first, second in _ACT.findall(text):
            yield f"{int(first)}/{int(second)}"
    elif official_list == "ca-sema":
        schedule = "".join(text.split()).casefold()
        yield "" if schedule == "n/a" else schedule


def codes(official_list: str, text: str) -> Iterator[str]:
    """The code, and what else stands for it: each resolution that an Australian entry names."""
    if official_list == "au-dfat" and (numbers := _NUMBER.findall(text.split("(")[0])):
        yield from numbers
    else:
        yield code(official_list, text)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _ofac(text: str) -> str:
    """`[CAATSA - IRAN] ` and `caatsa-iran` are one tag."""
    return "-".join(part.strip() for part in _plain(text.strip().strip("[]")).split("-"))


def _united_kingdom(text: str) -> str:
    words = [word.casefold() for word in _WORD.findall(text)]
    kept = [word for word in words if word not in _UK_FRAME and not _is_year(word)]
    return " ".join(kept).replace("qaida", "qaeda")


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


def _canada(text: str) -> str:
    """The English part of a bilingual name, trimmed."""
    return _plain(text.split(" / ")[0])


def _united_nations(text: str) -> str:
    return "".join(_WORD.findall(text)).casefold()


def _australia(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()


_CODES: dict[str, Callable[[str], str]] = {
    "us-ofac-sdn": _ofac,
    "us-ofac-consolidated": _ofac,
    "us-state-7031c": _ofac,
    "uk-sanctions-list": _united_kingdom,
    "uk-ofsi-conlist": _united_kingdom,
    "ca-sema": _canada,
    "un-sc": _united_nations,
    "au-dfat": _australia,
}
