"""Collect the sentences of the product from its code and pages, and bring the catalogues up to date."""

import importlib.util
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from firstline.cli.catalogues import HOME, read_catalogue

PRODUCT = HOME.parent
METHODS = [
    ("**/locale/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/jinja2/**.html", "jinja2.ext:babel_extract"),
    ("**/jinja2/**.txt", "jinja2.ext:babel_extract"),
]
OPTIONS = {
    "**/jinja2/**.html": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"},
    "**/jinja2/**.txt": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"},
}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "Judgement": (2,),
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    **dict.fromkeys(("DeskError", "NotAllowed", "NotFound", "Conflict", "Unavailable")),
}
"""What marks a sentence for translation: gettext's functions, and the errors that speak to a person."""

WIDTH = 110


def extract_messages(product: Path) -> Catalog:
    """Every message below a folder, with the files it stands in."""
    found = Catalog(project="Firstline", charset="utf-8")
    rows = extract_from_dir(
        product,
        method_map=METHODS,
        options_map=OPTIONS,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for filename, _line, message, comments, context in rows:
        if "".join(message).strip():  # DeskError(" ".join(reasons)) names no sentence of ours
            found.add(message, None, [(filename, 0)], auto_comments=comments, context=context)
    return found


def plural_forms(language: str) -> str:
    """The `Plural-Forms` of Django's own catalogue for a language, which ours must repeat."""
    spec = importlib.util.find_spec("django")
    places = list(spec.submodule_search_locations or ()) if spec else []
    source = Path(places[0]) / "conf" / "locale" / language / "LC_MESSAGES" / "django.po"
    with source.open("rb") as file:
        return read_po(file).plural_forms


def update_catalogue(target: Path, *, language: str, messages: Catalog) -> int:
    """Add what is new and drop what is gone in one `django.po`; return how many sentences wait for words."""
    if target.exists():
        catalogue = read_catalogue(target)
    else:
        catalogue = Catalog(locale=language, project="Firstline", charset="utf-8")
        header = [(name, value) for name, value in catalogue.mime_headers if name.lower() != "plural-forms"]
        catalogue.mime_headers = [*header, ("Plural-Forms", plural_forms(language))]
    catalogue.update(messages, no_fuzzy_matching=True, update_header_comment=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, ignore_obsolete=True, include_lineno=False, sort_output=True)
    return sum(1 for message in catalogue if message.id and not is_translated(message.string))


def is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether every form of a message has words."""
    forms = [string] if isinstance(string, str) or string is None else list(string)
    return all(forms) and bool(forms)


def main(languages: list[str]) -> int:
    """Bring the catalogues of the named languages up to date: `python -m firstline.cli.messages hu nb`."""
    messages = extract_messages(PRODUCT)
    for language in languages:
        target = HOME / language / "LC_MESSAGES" / "django.po"
        waiting = update_catalogue(target, language=language, messages=messages)
        sys.stdout.write(f"{language}: {len(messages)} sentences, {waiting} without words\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
