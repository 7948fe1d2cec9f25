"""Burmese script in the Latin letters in which Burmese names are commonly written, a word for each
syllable: Min Aung Hlaing.

A syllable is an initial, its medials, and a rhyme: vowel signs, with a final under an asat, the
sign that takes a letter's vowel away. Tones are not told apart but where the common spelling does.
The signs stand in the order of The Unicode Standard, section 16.3.
"""

import re
import unicodedata

_INITIALS = {
    "က": "k", "ခ": "kh", "ဂ": "g", "ဃ": "g", "င": "ng", "စ": "s", "ဆ": "s", "ဇ": "z", "ဈ": "z",
    "ဉ": "ny", "ည": "ny", "ဋ": "t", "ဌ": "ht", "ဍ": "d", "ဎ": "d", "ဏ": "n", "တ": "t", "ထ": "ht",
    "ဒ": "d", "ဓ": "d", "န": "n", "ပ": "p", "ဖ": "ph", "ဗ": "b", "ဘ": "b", "မ": "m", "ယ": "y",
    "ရ": "y", "လ": "l", "ဝ": "w", "သ": "th", "ဟ": "h", "ဠ": "l", "အ": "", "ဿ": "th",
}  # fmt: skip
# A syllable in one letter.
_ALONE = {"ဣ": "i", "ဤ": "i", "ဥ": "u", "ဦ": "u", "ဧ": "e", "ဩ": "aw", "ဪ": "aw"}
# By the vowel signs; behind them the final, and the dot below where the common spelling hears it.
_RHYMES = {
    "": "a", "ာ": "a", "ါ": "a", "ိ": "i", "ီ": "i", "ု": "u", "ူ": "u", "ေ": "e", "ဲ": "e",
    "ော": "aw", "ေါ": "aw", "ို": "o", "ံ": "an", "ိံ": "ein", "ုံ": "on",
    "က": "et", "ောက": "auk", "ေါက": "auk", "ိုက": "aik",
    "င": "in", "င့": "int", "ောင": "aung", "ေါင": "aung", "ိုင": "aing",
    "စ": "it", "ည": "i", "ဉ": "in", "ယ": "e",
    "တ": "at", "ိတ": "eik", "ုတ": "ok", "ပ": "at", "ိပ": "eik", "ုပ": "ok",
    "န": "an", "န့": "ant", "ိန": "ein", "ုန": "on", "မ": "an", "ိမ": "ein", "ုမ": "on",
}  # fmt: skip
# Finals that sound alike.
_FINALS = str.maketrans("ခဂဇဏထဒဓဋဌဖဗဘ", "ကကစနတတတတတပပပ")
_STACKED = "\u1039"  # the letter before it is a final, the next one stands below
_ASAT = "\u103a"
_SYLLABLE = re.compile(
    "(?P<alone>[\u1023-\u102a])[\u1037\u1038]*"
    "|(?P<initial>[\u1000-\u1021\u103f])(?P<medials>[\u103b-\u103e]*)"
    "(?P<vowels>[\u102b-\u1032\u1036]*)\u1037?(?:(?P<final>[\u1000-\u1020])(?P<dot>\u1037?)\u103a)?"
    "(?P<tone>[\u1037\u1038]*)"
)
_FOREIGN = re.compile("\\([\u1000-\u1021]\u103a\\)")  # a final of another language, in brackets
BURMESE = re.compile("[\u1000-\u102a]")


def romanised(text: str) -> str:
    """The text with each of its Burmese syllables as a word in Latin letters."""
    plain = unicodedata.normalize("NFC", _FOREIGN.sub("", text))
    plain = plain.replace(_ASAT + _STACKED, _ASAT).replace(_STACKED, _ASAT)
    plain = re.sub(f"(?<=[\u102b\u102c]){_ASAT}", "", plain)
    return _SYLLABLE.sub(lambda found: f" {_syllable(found)} ", plain)


def _syllable(found: re.Match[str]) -> str:
    if found["alone"]:
        return _ALONE.get(found["alone"], "")
    onset = _onset(found["initial"], found["medials"])
    rhyme = _rhyme(found["vowels"], found["final"] or "", (found["dot"] or "") + found["tone"])
    if onset.endswith("w") and rhyme in ("an", "ant", "at"):  # Tun, Nyunt, but Win and Swe
        return f"{onset[:-1]}u{rhyme[1:]}"
    if rhyme == "o" and "\u1038" in found["tone"] and not onset.endswith("y"):  # Soe, but Myo
        return f"{onset}oe"
    return "aye" if (onset, rhyme) == ("", "e") else onset + rhyme


def _onset(initial: str, medials: str) -> str:
    letters = _INITIALS[initial]
    glide = "y" if {"\u103b", "\u103c"} & set(medials) else ""
    if "\u103e" in medials:
        is_sh = initial in "ယရ" or (glide and initial in "လသ")
        letters, glide = ("sh", "") if is_sh else (f"h{letters}", glide)
    elif glide and initial == "ခ":
        letters, glide = "ch", ""
    return letters + glide + ("w" if "\u103d" in medials else "")


def _rhyme(vowels: str, final: str, tones: str) -> str:
    final = final.translate(_FINALS)
    dotted = vowels + final + ("\u1037" if "\u1037" in tones else "")
    known = (_RHYMES.get(each) for each in (dotted, vowels + final, vowels))
    return next((each for each in known if each), "a")
