"""The names of a party as they are compared: words by their sound, titles and legal forms apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from matching import text
from registry.domain.party import Kind, Name, NameRole, Party

VOWELLESS = frozenset({"Arab", "Hebr"})  # scripts that do not write short vowels
ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}


LISTED_UNDER = frozenset({NameRole.PRIMARY, NameRole.VARIATION})


@dataclass(frozen=True, slots=True)
class NameForm:
    """One name, read. `tokens` are sounds of the words that must agree, in the order stated;
    `optional` those that may be left out (titles, initials); `forms` the legal forms.

    `bones` are the consonant skeletons of the tokens, `written` the words in ASCII, sorted.
    `weak`: the list calls it so, or it is an acronym taken from brackets. `bare`: its vowels are
    not written. `primary`: it is the name under which the party is listed. `syllabic`: a person's
    name of short words, as Burmese, Chinese and Korean ones are, in which every word counts.
    """

    text: str
    tokens: tuple[str, ...]
    optional: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()
    weak: bool = False
    bare: bool = False
    primary: bool = False
    bones: tuple[str, ...] = ()
    written: str = ""
    syllabic: bool = False


def name_forms(party: Party) -> tuple[tuple[NameForm, ...], frozenset[str]]:
    """The names that differ in sound, at least one, and the spellings of all that are not weak."""
    read = READERS.get(party.kind, _organisation_name)
    forms: dict[tuple[tuple[str, ...], frozenset[str]], NameForm] = {}
    spellings = set()
    for name in party.names:
        for form in read(name, weak=name.role is NameRole.WEAK_ALIAS):
            known = forms.get((form.tokens, form.forms))
            if known is None or (known.weak, not known.primary) > (form.weak, not form.primary):
                forms[form.tokens, form.forms] = form
            if not form.weak:
                spellings.add(form.written)
    return tuple(forms.values()) or (_unread(party.name),), frozenset(spellings)


def _unread(name: str) -> NameForm:
    """A name without any letter or figure, which is only like itself."""
    return NameForm(name, (name,), bones=(name,), written=name, primary=True)


SYLLABLE = 5  # letters: the longest syllable, as in Kyaw, Htein, Maung, Zhang
SHORTENED = 3  # words that must be left of a name without "named after" or "of" somebody
INITIALS = 2  # letters; in a name of several words, so short a word may be left out
# An abbreviation of syllables in brackets or after a dash, as in "... Institute (GosNIIP)".
SYLLABLES = r"(?:[A-ZА-ЯЁІЇЄ][a-zа-яёіїє]*){3,}"
COINED = re.compile(rf"\(\s*{SYLLABLES}\s*\)|\s[-–—]\s+{SYLLABLES}$")
AFTER_DASH = re.compile(r"\s+[-–—]\s+([A-Z][A-Za-z]{1,9})$")
INCLUDING = re.compile(r"[\s,(]+incl(?:uding|\.)\s.*$", re.IGNORECASE)
PHRASE = re.compile(r"\s*[(\[](?:[^()\[\]\s]+\s+){2,}[^()\[\]]*[)\]]")  # as a translation is
BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")


def _split_acronyms(full: str) -> tuple[str, list[str]]:
    """Take acronyms in brackets or after a dash, which are other names, out of a name; places
    there stay.

    An acronym's letters begin the words of the name, or it is written in capitals and the rest is
    not: "Foreign Trade Bank (FTB)", "Stroymost (SM-Most OOO)".
    """
    acronyms = []
    rest = full
    for found in BRACKETS.finditer(full) if "(" in full or "[" in full else ():
        inside = found[1].strip().replace(".", "")
        without = " ".join(rest.replace(found[0], " ", 1).split())
        capitals = inside.isupper() and not without.isupper() and re.fullmatch(r"[\w\s-]+", inside)
        initials = re.fullmatch(r"[A-Z][A-Z-]{1,9}", inside) and is_acronym(inside, without)
        if without and len(inside) > 1 and (initials or capitals):
            acronyms.append(inside)
            rest = without
    dash = AFTER_DASH.search(rest)
    if dash and is_acronym(dash[1], rest[: dash.start()]):
        acronyms.append(dash[1])
        rest = rest[: dash.start()]
    return rest, acronyms


def is_acronym(short: str, long: str) -> bool:
    """Whether the short name is one word and most of its letters begin words of the long one, in
    that order."""
    if not short.replace("-", "").isalpha():
        return False
    initials = "".join(word[0] for word in text.words(long)).upper()
    place = hits = 0
    for letter in short.replace("-", ""):
        found = initials.find(letter, place)
        if found >= 0:
            place, hits = found + 1, hits + 1
    return hits >= max(2, len(short) - 2)


def _organisation_name(name: Name, *, weak: bool) -> Iterator[NameForm]:
    whole = INCLUDING.sub("", name.full)
    if whole.strip() and whole != name.full:
        yield from _organisation_name(replace(name, full=whole), weak=weak)
    full, acronyms = _split_acronyms(name.full)
    for acronym in acronyms:
        words, _ = text.without_legal_forms(text.words(acronym))
        tokens = tuple(map(text.sound, words))
        if tokens:
            yield NameForm(acronym, tokens, weak=True, bones=tuple(map(text.skeleton, tokens)))
    words, forms = text.without_legal_forms(text.words(full))
    primary = name.role in LISTED_UNDER and not weak
    bare = name.script in VOWELLESS
    written = " ".join(sorted(words))
    tokens, optional = _organisation_tokens(words)
    if tokens:
        bones = tuple(map(text.skeleton, tokens))
        yield NameForm(name.full, tokens, optional, forms, weak, bare, primary, bones, written)
    shorter = (
        text.without_dedication(words),
        text.without_superior(words),
        text.without_country(words),
        *(
            text.without_legal_forms(text.words(each.sub(" ", full)))[0]
            for each in (COINED, PHRASE)
        ),
    )
    readings = [_organisation_tokens(each) for each in shorter if len(each) < len(words)]
    readings = [each for each in readings if len(tokens) > len(each[0]) >= SHORTENED]
    if (longer := text.spelled_out(words)) != words:
        readings.append(_organisation_tokens(longer))
    for read, optional in readings:
        bones = tuple(map(text.skeleton, read))
        yield NameForm(name.full, read, optional, forms, weak, bare, primary, bones, written)


def _organisation_tokens(words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sounds of the words that must agree, and the words that may be left out."""
    filler = text.filler("organisation")
    words = text.initials_together(words)
    core: list[str] = []
    optional: list[str] = []
    for word in text.translated([each for each in words if each not in filler]):
        if word in filler:
            continue
        if word in ROMAN:
            core.append(ROMAN[word])
        elif len(word) <= INITIALS and word.isalpha():
            optional.append(word)
        else:
            core.append(text.sound(word))
    if len(core) < 2:
        core = [text.sound(each) for each in text.translated([w for w in words if w not in filler])]
        optional = []
    return tuple(core) or tuple(map(text.sound, words)), tuple(optional)


DIN = re.compile(r"[aeu](?:dd|ld)[aei]+ne?$")
ABD = re.compile(r"abd[aeiou]+(?:l|r(?=r)|s(?=s)|n(?=n))?(?=[a-z]{2})")
SERVANT = frozenset({"abd", "abdul", "abdel", "abdal", "abdol", "abdur", "abdoul", "abdu"})
KUNYA = frozenset({"abu", "abou", "aboo", "abi", "abo"})
FAITH = frozenset({"din", "deen", "dine", "eddin", "eddine", "uddin", "addin", "aldin", "aldeen"})
ARTICLE = frozenset({"al", "el", "ul", "ur", "ar", "ad", "ed", "ud", "as", "ash", "an", "az", "at"})


def _person_name(name: Name, *, weak: bool) -> Iterator[NameForm]:
    words = text.words(BRACKETS.sub(" ", name.full) if "(" in name.full else name.full)
    words = words or text.words(name.full)
    core: list[str] = []
    optional: list[str] = []
    filler, titles = text.filler("person"), text.filler("title")
    for word in _joined(words):
        if len(word) == 1 or word in titles:
            optional.append(word)
        elif word not in filler:
            core.append(word)
    if len(set(core)) < 2:
        # Nothing much is left: what looked like titles and particles is the name.
        core, optional = [w for w in _joined(words) if len(w) > 1 and w not in filler], []
    core = core or words
    if core:
        tokens = tuple(map(text.sound, core))
        yield NameForm(
            name.full,
            tokens,
            tuple(map(text.sound, optional)),
            frozenset(),
            weak,
            name.script in VOWELLESS,
            primary=name.role in LISTED_UNDER and not weak,
            bones=tuple(map(text.skeleton, tokens)),
            written=" ".join(sorted(words)),
            syllabic=len(core) > 1 and all(len(word) <= SYLLABLE for word in core),
        )


def _joined(words: Sequence[str]) -> Iterator[str]:
    """Words of a person's name: Abu X and X al-Din as one word, however they are written;
    Abd al-X as two, since some lists take it apart as if X were the family name."""
    place = 0
    while place < len(words):
        word = words[place]
        following = place + 1
        if word in KUNYA:
            while following < len(words) - 1 and words[following] in ARTICLE:
                following += 1
            if following < len(words):
                word = "abu" + words[following]
                following += 1
        elif word in SERVANT:
            word = "abd"
        elif found := ABD.match(word):
            yield "abd"
            word = word[found.end() :]
        after = following
        while after < len(words) - 1 and words[after] in ARTICLE:
            after += 1
        if after < len(words) and words[after] in FAITH:
            word += "din"
            following = after + 1
        elif len(word) > 6 and (ending := DIN.search(word)):
            word = word[: ending.start()] + "din"
        place = following
        yield word


def _tail_number(name: Name, *, weak: bool) -> Iterator[NameForm]:
    """A letter is the same or another: nothing is heard."""
    if token := "".join(text.words(name.full)):
        primary = name.role in LISTED_UNDER and not weak
        yield NameForm(
            name.full, (token,), weak=weak, primary=primary, bones=(token,), written=token
        )


READERS = {Kind.PERSON: _person_name, Kind.AIRCRAFT: _tail_number}
