"""What the remarks of a list say of the death of the one listed."""

import re

DEAD = ("deceased", "died", "dead", "killed")
DEATH = re.compile(
    # Where a sentence or an item begins: what stands in its middle may be said of a relative.
    r"(?:^|(?<=[.;]\s)|(?<=[.‘])|(?<=\([a-z]\)\s)|(?<=information:\s))"
    r"((?:As of [^,.]{4,30}, )?"
    r"(?:(?:reportedly|allegedly|presumed|reported(?: to have)?|confirmed(?: to have)?"
    r"|believed(?: to (?:be|have))?) )*"
    r"(?:deceased\b|died\b|dead\b|killed (?:in|on|by|during)\b)[^.;]*)"
    r"|Believed status/location:\s*(deceased)\b",
    re.IGNORECASE,
)


def death(remark: str) -> str:
    """What a remark says of the listed person's death, "" where it speaks of none or of others'."""
    if not any(word in remark.casefold() for word in DEAD):
        return ""
    found = DEATH.search(remark)
    return (found[1] or found[2]).strip() if found else ""
