"""Finds the Hungarian word under a pile of endings that no dictionary lists: jelszavunkat, fiókjaimban."""

from __future__ import annotations

from collections.abc import Callable, Iterator

SHORTEST = 3  # letters that must remain

_OWNERS = """
    m om em öm am d od ed öd ad a e ja je nk unk ünk juk jük uk ük tok tek tök otok etek ötök atok játok
    jétek im aim eim jaim jeim id aid eid jaid jeid i ai ei jai jei ink aink eink jaink jeink itok aitok
    eitek jaitok jeitek ik aik eik jaik jeik é k ok ek ök ak
"""
_CASES = """
    t ot et öt at ban ben ba be ból ből on en ön n ra re ról ről hoz hez höz nál nél tól től nak nek val vel
    ért ig ként ul ül vá vé kor
"""
_VERBS = """
    ok ek ök om em öm sz asz esz ol el öl od ed öd unk ünk juk jük tok tek tök játok itek nak nek ják ik t
    tam tem tál tél ta te tunk tünk tuk tük tatok tetek ták ték tak tek ott ett ött ottam ettem ottunk
    ettünk ottak ettek na ne nám ném nánk nénk ni va ve ható hető ó ő ás és ását ését ások ések andó endő
    hat het hatok hetek hatja heti jon jen jön jak jek junk jünk janak jenek ja i tt ttam ttem ttunk ttünk
    ttak ttek
"""
ENDINGS = frozenset(f"{_OWNERS} {_CASES} {_VERBS}".split()) | frozenset(
    owner + case for owner in _OWNERS.split() for case in _CASES.split()
)
_LONGEST = max(map(len, ENDINGS))
_SHORT = {"á": "a", "é": "e"}


def is_ending(letters: str) -> bool:
    """Whether letters behind a hyphen are an ending: VPN-t, VPN-nel (val and vel take on the last consonant)."""
    return letters in ENDINGS or letters[1:] in ("al", "el")


def base(word: str, known: Callable[[str], str | None]) -> str | None:
    """The lemma of the word that is left when endings are cut, the fewest letters first; None when none is known.

    `known` gives the lemma of a word in the dictionary. Asks at most 60 times.
    """
    for size in range(1, min(_LONGEST, len(word) - SHORTEST) + 1):
        if word[-size:] not in ENDINGS:
            continue
        for form in _forms(word[:-size]):
            lemma = known(form)
            if lemma is not None:
                return lemma
    return None


def _forms(rest: str) -> Iterator[str]:
    """What the rest may be in the dictionary: itself, with the final vowel short, with a vowel, as a verb in -ik."""
    yield rest
    if rest[-1] in _SHORT:
        yield rest[:-1] + _SHORT[rest[-1]]
    elif rest[-1] not in "aeiouöüóőúű":
        yield rest + "a"
        yield rest + "e"
        yield rest + "ik"
