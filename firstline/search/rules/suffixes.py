"""Cuts the endings of Ukrainian and Bulgarian words, for which no stemmer is at hand."""

from __future__ import annotations

SHORTEST_STEM = 3

# Nouns and adjectives; then verbs by class. `увати > ув` keeps the imperfective verb apart from its perfective twin,
# as `ення > енн` keeps the noun apart from the verb.
_UK = {
    "": "ами ями еві ові єві ах ях ам ям ом ем єм ою ею єю ій ів їв ей ією ії ію ія іє іям іями іях ій "
    "ий ього ого ому ьому им ім ої ьої іх их ими іми ую юю ая яя еє їй а я у ю е є и і ї о ь й "
    "ать ять еть уть ють ить іть їть ати яти ити іти їти ути нути ала ало али яла яло яли ила ило или іла іло іли "
    "ула уло ули ав яв ув ив їв нув нула нули ло "
    "ає яє аю яю аєш яєш аємо яємо аєте яєте ають яють ємо емо имо їмо єте ете ите їте еш єш иш їш не нуть "
    "ай яй ай айте яйте іть іте те ачи ячи учи ючи аючи яючи вши авши ивши ячи "
    "атиме атиму атимемо атимете атимуть итиме итиму итимемо итимете итимуть ітиме ітимуть "
    "ано ено єно ито уто",
    "ув": "увати ує ую уєш уємо уєте ують ував увала увало ували уй уйте уючи увавши уватиме уватиму уватимемо "
    "уватимете уватимуть увано овано",
    "юв": "ювати ює юєш юємо юєте юють ював ювала ювало ювали юй юйте юючи ювавши юватиме юватиму юватимемо "
    "юватимете юватимуть ювано",
    "нн": "ння нню нням ннями нні ннях нь",
    "ост": "ість істю ості остей остями остям остях",
}

# The article goes first and leaves the vowel that belongs to the word before it.
_BG_ARTICLE = {"": "ът ят та то те", "и": "ият ия ите"}
_BG = {
    "": "ове еве ища овци евци а я и е о ъ у ю ии ия ие ий йо "
    "ам ям аш яш аме яме ате яте ат ят ах ях аха яха ахме яхме ахте яхте ше еше аше яше "
    "ем еш ете им иш ите их иха ихме ихте ал яла ала ало али ял яло яли ил ила ило или ел ела ело ели "
    "ящ яща ящо ящи ащ аща ащо ащи ещ еща ещо ещи айки ейки ай яй йте айте яйте ете "
    "ен на но ни ец ци ок",
    "ир": "ирам ираш ира ираме ирате ират ирах ираха ирахме ирахте ираше ирал ирала ирало ирали иран ирана ирано "
    "ирани иране ирания иращ ираща иращо иращи ирай ирайте ирайки",
    "ан": "ан ана ано ани ане ания яне яния ян яна яно яни",
}


def _table(endings: dict[str, str]) -> tuple[tuple[int, dict[str, str]], ...]:
    rules = {ending: left for left, group in endings.items() for ending in group.split()}
    longest = max(map(len, rules))
    return tuple(
        (size, {ending: left for ending, left in rules.items() if len(ending) == size})
        for size in range(longest, 0, -1)
    )


_UK_TABLE = _table(_UK)
_ARTICLE_TABLE = _table(_BG_ARTICLE)
_BG_TABLE = _table(_BG)
_VOWELS = frozenset("аеєиіїоуюяъ")
_REFLEXIVE = ("ся", "лась", "лось", "лись", "вшись", "чись")


def _cut(word: str, table: tuple[tuple[int, dict[str, str]], ...]) -> str:
    """The word with its longest ending replaced, when a stem of three letters remains."""
    for size, rules in table:
        if len(word) - size >= SHORTEST_STEM and (left := rules.get(word[-size:])) is not None:
            return word[:-size] + left
    return word


def ukrainian(word: str) -> str:
    """The stem of a casefolded Ukrainian word: the reflexive and one ending cut, soft sign dropped."""
    if len(word) > 5 and word.endswith(_REFLEXIVE):
        word = word[:-2]
    stem = _cut(word, _UK_TABLE).rstrip("ьй") or word
    if len(stem) > SHORTEST_STEM + 1 and stem.endswith("ок") and stem[-3] not in _VOWELS:
        stem = stem[:-2] + "к"  # мишок, мишка
    return stem[:-1] + "к" if len(stem) > SHORTEST_STEM and stem.endswith("ц") else stem  # мишці, мишка


def bulgarian(word: str) -> str:
    """The stem of a casefolded Bulgarian word: comparison, article and one ending cut."""
    for prefix in ("най-", "по-"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            word = word[len(prefix) :]
    stem = _cut(_cut(word, _ARTICLE_TABLE), _BG_TABLE).removesuffix("й") or word
    if len(stem) > SHORTEST_STEM and stem[-2] == "ъ" and stem[-1] in "рлмн":
        return stem[:-2] + stem[-1]  # център, центрове
    return stem
