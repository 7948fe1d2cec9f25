"""Which state of the code and its words made a profile or a score."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from registry.domain import partial_date, party

SUFFIXES = frozenset({".py", ".toml"})


@cache
def made_by() -> str:
    """Names this state of matching: what another one made is of no use to it.

    It is the hash of all that profiles and scores come from, so that nobody has to remember to
    count a number up.
    """
    here = Path(__file__).parent
    own = sorted(each for each in here.rglob("*") if each.suffix in SUFFIXES)
    digest = hashlib.sha256(version("anyascii").encode())
    for path in (*own, Path(party.__file__), Path(partial_date.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
