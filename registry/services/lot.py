"""Public ids, drawn by lot: from one of them nothing can be told of any other."""

import secrets

from registry.domain.identity import ALPHABET

LENGTH = 14  # of 30 signs each: nobody hits one by guessing


def drawn() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
