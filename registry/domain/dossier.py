"""Dossiers: what an organisation hands in to partners of its choice, behind a wall of its own.

A dossier is there for the organisation that handed it in and for the officers of the partners that
it chose; for nobody else. Handing it in obliges nobody to act.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from registry.domain.account import Account, Role, has_role
from registry.domain.attachment import MOST_ATTACHMENTS, Attachment
from registry.domain.cell import PARTNERS
from registry.domain.record import InvalidRecord, require

MOST_SUBJECTS = 20
MOST_LINKS = 50
MOST_TEXT = 20_000  # characters
MOST_LINE = 300
MOST_A_DAY = 20  # dossiers of one organisation
NO_OBLIGATION = (
    "Handing in a dossier creates no obligation: no partner has to act on it, to answer, or to say "
    "why it does not. A disposition is no finding on anybody."
)


class Sharing(StrEnum):
    """What the organisation consents to. OFFICERS_ONLY: the officers of the chosen partners read
    it. MAY_ADOPT: one of them may also use what it says, without naming the organisation."""

    OFFICERS_ONLY = "officers-only"
    MAY_ADOPT = "may-adopt"


class Disposition(StrEnum):
    """What became of a dossier with one partner."""

    RECEIVED = "received"
    UNDER_REVIEW = "under-review"
    ADOPTED = "adopted"
    MORE_ASKED = "more-information-asked"
    NOT_PURSUED = "not-pursued"


# An officer gives these; RECEIVED is what every dossier begins with.
GIVEN = tuple(each for each in Disposition if each is not Disposition.RECEIVED)


@dataclass(frozen=True, slots=True)
class Alleged:
    """Somebody of whom conduct is alleged, as the organisation describes them."""

    name: str
    details: str = ""

    def __post_init__(self) -> None:
        require(subject_name=self.name)
        _short("A subject's name", self.name, MOST_LINE, "subject_name")
        _short("What identifies a subject", self.details, MOST_TEXT, "subject_details")


@dataclass(frozen=True, slots=True)
class Link:
    """An open source, and the day on which its page was archived."""

    url: str
    archived_on: date

    def __post_init__(self) -> None:
        _short("A link", self.url, 2_000, "link_url")
        if not self.url.startswith(("https://", "http://")) or not self.url.isprintable():
            raise InvalidRecord("A link begins with https:// and holds no blanks.", "link_url")


@dataclass(frozen=True, slots=True)
class Content:
    """What an organisation hands in.

    `protected` asks the officers to protect the source: the organisation and whom it spoke with.
    """

    title: str
    subjects: tuple[Alleged, ...]
    conduct: str
    links: tuple[Link, ...]
    attachments: tuple[Attachment, ...]
    recipients: frozenset[str]
    sharing: Sharing
    protected: bool

    def __post_init__(self) -> None:
        require(title=self.title, conduct=self.conduct)
        _short("A title", self.title, MOST_LINE, "title")
        _short("The conduct", self.conduct, MOST_TEXT, "conduct")
        _count("subjects", self.subjects, MOST_SUBJECTS)
        _count("links", self.links, MOST_LINKS)
        _count("attachments", self.attachments, MOST_ATTACHMENTS)
        if not self.subjects:
            raise InvalidRecord("Name at least one subject.", "subject_name")
        if not self.recipients or not self.recipients <= set(PARTNERS):
            raise InvalidRecord(
                "Choose at least one partner that is to read the dossier.", "recipients"
            )

    @property
    def sha256(self) -> str:
        """Of everything handed in, in canonical JSON: the receipt names it."""
        stated = {
            "title": self.title,
            "subjects": [[each.name, each.details] for each in self.subjects],
            "conduct": self.conduct,
            "links": [[each.url, each.archived_on.isoformat()] for each in self.links],
            "attachments": [[each.name, each.sha256, each.size] for each in self.attachments],
            "recipients": sorted(self.recipients),
            "sharing": self.sharing.value,
            "protected": self.protected,
        }
        canonical = json.dumps(stated, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one partner let the organisation know. The officer is not named to it."""

    partner: str
    disposition: Disposition
    feedback: str
    given_on: date

    def __post_init__(self) -> None:
        _short("Feedback", self.feedback, MOST_TEXT, "feedback")
        if self.disposition is Disposition.MORE_ASKED and not self.feedback.strip():
            raise InvalidRecord("Say which information is asked for.", "feedback")


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as its reader sees it. `id`, drawn by lot, is also the number of its receipt.

    `answers` are those that the reader may see, in the order of giving: the organisation sees all,
    an officer those of the officer's own partner.
    """

    id: str
    affiliation: str
    content: Content
    handed_in_at: datetime
    answers: tuple[Answer, ...] = ()

    def disposition(self, partner: str) -> Disposition:
        given = [each.disposition for each in self.answers if each.partner == partner]
        return given[-1] if given else Disposition.RECEIVED


@dataclass(frozen=True, slots=True)
class Notice:
    """What an account was told: a dossier came in, or what became of it with a partner. The day
    alone is known, as of an answer."""

    dossier: str
    title: str
    partner: str
    disposition: Disposition
    told_on: date
    is_read: bool


@dataclass(frozen=True, slots=True)
class Insider:
    """Who reads dossiers: an organisation its own, an officer those handed to the partner."""

    organisation: str = ""
    partner: str = ""


def insider(account: Account | None) -> Insider:
    """As whom an account reads dossiers; as nobody if it is neither."""
    if account is None:
        return Insider()
    if has_role(account, {Role.NGO}):
        return Insider(organisation=account.affiliation)
    if has_role(account, {Role.OFFICER}) and account.partner:
        return Insider(partner=account.partner)
    return Insider()


def auditing(account: Account | None) -> frozenset[str]:
    """The names under which entries of the trail are released to an account: its affiliation, and
    that of the insiders of its partner."""
    if account is None:
        return frozenset()
    partner = insider(account).partner
    return frozenset({account.affiliation, *([insiders(partner)] if partner else [])})


def insiders(partner: str) -> str:
    """What the trail calls those who read the dossiers of a partner: no affiliation has this name,
    so that nobody else reads what is released to them."""
    return f"dossiers:{partner}"


def require_adoptable(dossier: Dossier) -> None:
    """Raise InvalidRecord unless the organisation consents to its dossier being used."""
    if dossier.content.sharing is not Sharing.MAY_ADOPT:
        raise InvalidRecord(
            "The organisation lets officers read this dossier, and does not consent to its use "
            "beyond. Ask it first."
        )


def require_unnamed(texts: Iterable[str], names: Iterable[str]) -> None:
    """Raise InvalidRecord if a text that is to leave the dossier names where it comes from."""
    plain = [_folded(each) for each in texts]
    for name in names:
        if _folded(name) and any(_folded(name) in each for each in plain):
            raise InvalidRecord(
                f"The text names “{name}”: write it so that nothing tells from whom it came."
            )


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in plain if each.isalnum())


def _short(what: str, text: str, most: int, field: str = "") -> None:
    if len(text) > most:
        raise InvalidRecord(f"{what} takes at most {most:,} characters.", field)


def _count(what: str, given: tuple[object, ...], most: int) -> None:
    if len(given) > most:
        raise InvalidRecord(f"A dossier takes at most {most} {what}.")
