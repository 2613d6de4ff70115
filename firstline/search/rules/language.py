"""Guesses the language of a text from its letters and its commonest words."""

from __future__ import annotations

import re

LOOKED_AT = 4096
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)

# Small words that a text of two lines can hardly avoid. A word may stand under several languages.
_COMMON = {
    "en": "the and is to of in it that for was on are with as i be at have from or this not but by my we you can "
    "an they which if will there all when has been your do does did no what how would could please our its so "
    "up out about after any only then than me cannot get just hello hi thanks thank where who why his her",
    "da": "og i at det er en til på som for med de den jeg ikke der et har vi kan af fra men om mig ved man nu "
    "eller også skal når hvad efter kun hvor været blev noget nogen meget op ud hvis denne dette mit min vores "
    "mine du din dig sig var vil så være over under uden hjælp hej tak alle hvordan hvorfor mvh hilsen gerne "
    "bliver lige igen siden får kunne skulle selv her gør jer mellem end",
    "nb": "og i å det er en til på som for med de den jeg ikke et har vi kan av fra men om meg ved man nå eller "
    "også skal når hva etter bare hvor vært ble noe noen mye opp ut hvis denne dette mitt min vår våre mine du "
    "din deg seg var vil så være over under uten hjelp hei takk alle hvordan hvorfor mvh hilsen gjerne blir "
    "igjen siden får kunne skulle selv her gjør dere mellom enn kun bruke",
    "sv": "och i att det är en till på som för med de den jag inte ett har vi kan av från men om mig vid man nu "
    "eller också ska när vad efter bara var varit blev något någon mycket upp ut denna detta mitt min vår våra "
    "du din dig sig vill så vara över under utan hjälp hej tack alla hur varför hälsningar blir igen får",
    "de": "der die das und ist in zu den nicht von mit es ein eine auf ich für sich dem des im als auch an bei "
    "nach wie wir sie er aus wenn oder aber kann hat wird noch nur mein meine keine kein bitte hallo danke mir "
    "mich sind war haben habe werden einen einem einer zum zur über was wo ihr uns",
    "hu": "a az és hogy nem is egy ez meg de van mint csak azt már még ha el ki be nekem vagy volt kell lehet "
    "itt ott mert minden én te mi ön ezt amit ami aki úgy így ki fel le lesz nincs sem pedig után előtt alatt "
    "szeretném kérem köszönöm üdvözlettel tisztelt jó nap mit hogyan hol miért tudom tud tudok ezen ebben majd "
    "most akkor amikor illetve valamint kérjük azonban sikerült",
    "fr": "le la les de des du et est un une en que qui dans pour pas ne sur je vous nous il elle avec ce cette "
    "au aux par plus mon ma mes mais ou son sa ses se sont été avez bonjour merci être fait",
    "es": "el la los las de y en que un una es no por con para se del al lo mi me su pero más como está este esta "
    "hola gracias tengo muy ya puede sin cuando desde usted",
    "it": "il la le di e che un una in non per con del della è sono mi si da al alla nel ma come più questo ho "
    "ciao grazie gli lo anche essere stato",
    "nl": "de het een en van in is dat op te niet zijn met voor er ik die aan ook maar om we als bij naar uit nog "
    "wel kan geen mijn heb heeft wordt worden deze hallo bedankt",
    "pl": "i w nie na się z do to że jest jak o po ale za od co czy dla ja mi mam tego już przez proszę dziękuję "
    "jestem są oraz przy tylko może",
    "pt": "o a os as de e que do da em um uma para não com se por mais no na ao dos das meu minha está são foi "
    "olá obrigado você muito como mas",
    "fi": "ja on ei se että en hän mutta ole oli mitä kun niin myös voi tai joka kiitos hei minun olen sen kuin",
    "uk": "і в у не на що з до я це як за та він від але по про для так є ми ви вони був була було були його її "
    "їх ще чи або якщо може мене мені вас нас при коли тільки вже дуже доброго дня дякую будь ласка після немає "
    "не можу можна треба потрібно який яка які цей ця цього через щоб де мій моя також під час над ні її має",
    "bg": "и в на да не се за от с е че си по ме как до като ще но или са това ми ви го към при след много той "
    "тя аз има няма може моля здравейте благодаря поздрави когато само вече бъде съм сме сте беше бе за във със "
    "ако защото какво къде който която което които този тази тези един една едно моят моя през без също още ги "
    "им ни нас вас ли те му й трябва",
    "ru": "и в не на что с я это как по но он из у за то от так же к мы вы для о бы они было был есть ещё еще или "
    "если меня мне вас нас при когда только уже очень здравствуйте спасибо пожалуйста после нет можно надо нужно "
    "который этот эта эти через чтобы где мой моя также все его её под до быть будет работает не",
}
_LANGUAGES: dict[str, tuple[str, ...]] = {}
for _language, _words in _COMMON.items():
    for _word in set(_words.split()):
        _LANGUAGES[_word] = (*_LANGUAGES.get(_word, ()), _language)

# Letters and letter groups that point at a language, with the weight of one sight of it.
_SIGNS = {
    "en": (("th", 0.2), ("wh", 0.2), ("ing", 0.3)),
    "da": (("æ", 0.5), ("ø", 0.5), ("å", 0.3), ("tion", 0.2), ("øj", 0.5), ("dt", 0.3), ("ede", 0.1)),
    "nb": (("æ", 0.3), ("ø", 0.5), ("å", 0.4), ("sjon", 0.8), ("øy", 0.6), ("skj", 0.4), ("kk", 0.2), ("tt", 0.2)),
    "sv": (("ä", 0.7), ("ö", 0.5), ("å", 0.3), ("ck", 0.2)),
    "de": (("ß", 2.0), ("ü", 0.5), ("ä", 0.4), ("ö", 0.3), ("sch", 0.4), ("ich", 0.3), ("ei", 0.1)),
    "hu": (("ő", 2.0), ("ű", 2.0), ("sz", 0.5), ("gy", 0.5), ("á", 0.2), ("é", 0.2), ("í", 0.2), ("ö", 0.2),
           ("ü", 0.2), ("ó", 0.2), ("cs", 0.3), ("ny", 0.2), ("ogy", 0.5)),
    "fr": (("ç", 0.7), ("è", 0.5), ("ê", 0.7), ("é", 0.2), ("eau", 0.5), ("oi", 0.2), ("qu", 0.2)),
    "es": (("ñ", 1.5), ("¿", 2.0), ("ción", 1.0), ("ó", 0.2)),
    "it": (("zione", 1.0), ("ò", 0.6), ("gli", 0.4)),
    "nl": (("ij", 0.5), ("aa", 0.2), ("oo", 0.1)),
    "pl": (("ł", 1.5), ("ż", 1.0), ("ś", 1.0), ("ą", 1.0), ("ę", 1.0), ("sz", 0.2), ("cz", 0.5), ("rz", 0.3)),
    "pt": (("ã", 1.0), ("õ", 1.5), ("ção", 1.0), ("ç", 0.3)),
    "fi": (("ää", 1.0), ("kk", 0.2), ("ssa", 0.5), ("sta", 0.2), ("yy", 0.5)),
    "uk": (("і", 0.5), ("ї", 1.5), ("є", 1.0), ("ґ", 2.0)),
    "bg": (("ъ", 0.8), ("щ", 0.1), ("ят", 0.2), ("та", 0.1)),
    "ru": (("ы", 1.0), ("э", 1.0), ("ё", 1.0)),
}  # fmt: skip
_CYRILLIC = frozenset({"uk", "bg", "ru"})
_NEVER = {"uk": "ыэъё", "bg": "ыэіїєґё", "ru": "іїєґ"}


def script(text: str) -> str:
    """`cyrillic`, `latin` or `other`: the script of most letters among the first 4,096 characters."""
    part = text[:LOOKED_AT]
    if part.isascii():
        return "latin"
    cyrillic = sum(map(part.count, "аеиіоунтрсвлкАЕИІОУНТРСВЛК"))
    latin = sum(map(part.count, "aeioutnrslkdAEIOUTNRSLKD"))
    if not cyrillic and not latin:
        return "latin" if any("a" <= sign <= "\u024f" for sign in part) else "other"
    return "cyrillic" if cyrillic > latin else "latin"


def guess(text: str) -> str | None:
    """The likeliest language (ISO 639-1 code; `nb` for Norwegian), None when the text does not tell.

    Only the first 4,096 characters are looked at; linear time. A language that the desk does not speak
    (German, Swedish, Russian …) is named too, so that it is not taken for a neighbour.
    """
    part = text[:LOOKED_AT].casefold()
    found = _WORD.findall(part)
    if not found:
        return None
    scores: dict[str, float] = {}
    for word in found:
        for language in _LANGUAGES.get(word, ()):
            scores[language] = scores.get(language, 0.0) + 1.0
    _add_signs(scores, part)
    if not scores:
        return None
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    best, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if score < 1.0 or score - second < min(0.05 * score, 1.0) + 0.05:
        return None
    return best


def _add_signs(scores: dict[str, float], part: str) -> None:
    cyrillic = script(part) == "cyrillic"
    for language, signs in _SIGNS.items():
        if (language in _CYRILLIC) is not cyrillic:
            scores.pop(language, None)
            continue
        # A quoted foreign name may bring a foreign letter once, so signs weigh but do not decide alone.
        weight = sum(part.count(sign) * value for sign, value in signs)
        weight -= sum(map(part.count, _NEVER.get(language, "")))
        if weight:
            scores[language] = scores.get(language, 0.0) + weight


def plain_code(code: str) -> str:
    """The two or three letters of a language tag, Norwegian as Bokmål: en-GB is en, no and nn are nb."""
    first = code.lower().replace("_", "-").partition("-")[0][:3]
    return "nb" if first in ("no", "nn") else first


def common(word: str) -> bool:
    """Whether a casefolded word is one of the small words of some language: the, og, van, що."""
    return word in _LANGUAGES
