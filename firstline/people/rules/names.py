"""How a person's name is read, sorted and found."""

from __future__ import annotations

import re
import unicodedata

from firstline.core.text import line, sort_key

_LONGEST = 200
_NOTE = re.compile(r"\s*[\(\[][^()\[\]]{0,80}[\)\]]\s*$")
_VIA = re.compile(r"\s+(?:via|gjennom|через|чрез)\s+\S.{0,100}$", re.IGNORECASE)
_PART = re.compile(r"[.+_-]+")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
_GENERATION = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "ifj", "ifj.", "id", "id.", "phd", "md", "msc"})
_TITLES = frozenset({"dr", "dr.", "prof", "prof.", "ifj", "ifj.", "id", "id.", "özv.", "mr", "mr.", "mrs", "mrs.",
                     "ms", "ms.", "herr", "hr.", "fru", "г-н", "г-жа", "пан", "пані", "инж.", "инж", "д-р"})
# Words that belong to the family name that follows them.
_PARTICLES = frozenset({"von", "van", "der", "den", "de", "du", "da", "la", "le", "af", "av", "zu", "ten", "ter"})
_FAMILY_FIRST = frozenset({"hu"})

# Romanisation of Ukrainian by the rules of the Cabinet of Ministers (resolution 55 of 2010), of Bulgarian by the
# Transliteration Act of 2009; letters on which they differ are in the second table. Russian letters added.
_LATIN = {
    "а": "a", "б": "b", "в": "v", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "і": "i", "ї": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "г": "h",
    "и": "y", "ъ": "", "ы": "y", "э": "e", "ё": "e",
}
_LATIN_BG = {**_LATIN, "г": "g", "и": "i", "й": "y", "х": "h", "щ": "sht", "ъ": "a", "ю": "yu", "я": "ya"}
_NORTHERN = (("ø", "oe"), ("å", "aa"), ("æ", "ae"), ("ö", "oe"), ("ä", "ae"), ("ü", "ue"))


def display_name(written: str, *, email: str = "", language: str = "") -> str:
    """The name of a sender as people write it: 'Kovács, János' is Kovács János, '"Lee, Ann (HR)"' is Ann Lee.

    Where the display name is empty or only repeats an address, the name is made from the address's local part
    (anna.nagy@… is Anna Nagy); a part without letters gives ''. At most 200 characters.
    """
    text = line(written, limit=1000).strip("\"'<> ")
    text = _NOTE.sub("", _VIA.sub("", text)).strip("\"' ")
    if not text or "@" in text:
        return _of_address(email or text)
    return line(_uninverted(text, language), limit=_LONGEST)


def _uninverted(text: str, language: str) -> str:
    """'Family, Given' without its comma where a comma can only mean that."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(parts):
        return text
    family, given = parts
    if given.casefold() in _GENERATION or language in _FAMILY_FIRST or _hungarian(text):
        return f"{family} {given}"
    if len(family.split()) > 3 or len(given.split()) > 3:
        return text
    return f"{given} {family}"


def _hungarian(name: str) -> bool:
    """Whether a name has letters that, among the desk's languages, only Hungarian has (é is also Norwegian)."""
    return any(mark in "áíóúőű" for mark in name.casefold())


def _of_address(email: str) -> str:
    local = email.partition("@")[0].strip("\"'<> ")
    parts = [part for part in _PART.split(local) if part and not part.isdigit()]
    if not any(c.isalpha() for part in parts for c in part):
        return ""
    return line(" ".join(part[:1].upper() + part[1:] for part in parts), limit=_LONGEST)


def sort_name(name: str, *, language: str = "") -> str:
    """The folded key by which names are sorted: the family name first, titles out; '' for ''.

    Hungarian names (`language` hu) already begin with the family name; in all others it is the last word, with its
    particles (van der Berg), and a comma after the family name is understood.
    """
    if "," in name:
        family, _, given = name.partition(",")
        return sort_key(f"{family} {given}")[:_LONGEST]
    words = [word for word in name.split() if word.casefold() not in _TITLES] or name.split()
    if language not in _FAMILY_FIRST and len(words) > 1:
        last = len(words) - 1
        if words[last].casefold() in _GENERATION and last > 1:
            last -= 1
        first = last
        while first > 1 and words[first - 1].casefold() in _PARTICLES:
            first -= 1
        words = words[first:last + 1] + words[:first] + words[last + 1:]
    return sort_key(" ".join(words))[:_LONGEST]


def search_words(name: str) -> str:
    """Every spelling of every word of a name that somebody may type, each behind a space, sorted.

    Accents folded; ø also as oe, å as aa; Cyrillic also in both official romanisations.
    """
    found: set[str] = set()
    for word in _words(name)[:12]:
        found |= _spellings(word)
    return "".join(f" {word}" for word in sorted(found))


def query_words(text: str) -> list[str]:
    """The words of a search as they stand in `search_words`; at most six."""
    return [sort_key(word) for word in _words(text)[:6]]


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text[:1000]).translate(_APOSTROPHES).casefold())


def _spellings(word: str) -> set[str]:
    plain = sort_key(word)
    northern = word
    for mark, written in _NORTHERN:
        northern = northern.replace(mark, written)
    found = {plain, sort_key(northern)}
    if any("\u0400" <= c <= "\u04ff" for c in word):
        found |= {"".join(table.get(c, c) for c in word) for table in (_LATIN, _LATIN_BG)}
        found.add(_initial_ukrainian(word))
    return {each for each in found if each}


def _initial_ukrainian(word: str) -> str:
    """Є, Ї, Й, Ю and Я at the beginning of a Ukrainian word are Ye, Yi, Y, Yu and Ya."""
    first = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}.get(word[0], _LATIN.get(word[0], word[0]))
    return first + "".join(_LATIN.get(c, c) for c in word[1:])
