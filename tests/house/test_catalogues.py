"""Every sentence of the product has words in every language, and they keep its placeholders."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from firstline.cli import catalogues, messages
from firstline.core.config import LANGUAGES

TRANSLATED = [language for language in LANGUAGES if language != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sdi]|%[sd]|\{\w*\}")
SAME = Path(__file__).with_name("same_in_both.txt")
GOOD = 'msgid "%(n)s open"\nmsgstr "%(n)s åpne"\n'


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def faults(catalogue: Catalog, same: frozenset[str] = frozenset()) -> list[str]:
    """What is wrong with a catalogue, by message: no words, unsure, untranslated, other placeholders."""
    found = []
    for message in [item for item in catalogue if item.id]:
        wanted = {frozenset(PLACEHOLDER.findall(text)) for text in ids(message)}
        if not messages.is_translated(message.string):
            found.append(f"no words: {message.id}")
        elif message.fuzzy:
            found.append(f"unsure: {message.id}")
        elif any(text in ids(message) for text in forms(message)) and ids(message)[0] not in same:
            found.append(f"not translated: {message.id}")
        elif any(frozenset(PLACEHOLDER.findall(text)) not in wanted for text in forms(message)):
            found.append(f"other placeholders: {message.id}")
    return found


def parsed(text: str) -> Catalog:
    return read_po(io.BytesIO(text.encode()))


def same_in(language: str) -> frozenset[str]:
    """The sentences that may be written alike in English and this language."""
    lines = [line.split("\t", 1) for line in SAME.read_text(encoding="utf-8").splitlines() if "\t" in line]
    return frozenset(text for name, text in lines if language in name.split(","))


def test_a_good_catalogue_has_no_faults() -> None:
    assert faults(parsed(GOOD)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "Open"\nmsgstr ""\n', "no words"),
        ('#, fuzzy\nmsgid "Open"\nmsgstr "Åpen"\n', "unsure"),
        ('msgid "Status"\nmsgstr "Status"\n', "not translated"),
        ('msgid "%(n)s open"\nmsgstr "%(m)s åpne"\n', "other placeholders"),
        ('msgid "{n} open"\nmsgstr "åpne"\n', "other placeholders"),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s dag"\nmsgstr[1] ""\n', "no words"),
    ],
)
def test_a_fault_in_a_catalogue_is_seen(text: str, fault: str) -> None:
    assert [line.split(":")[0] for line in faults(parsed(text))] == [fault]


def test_the_same_word_in_both_languages_is_allowed_by_name() -> None:
    assert faults(parsed('msgid "Status"\nmsgstr "Status"\n'), frozenset({"Status"})) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_has_words(language: str) -> None:
    wanted = messages.extract_messages(messages.PRODUCT)
    source = messages.HOME / language / "LC_MESSAGES" / "django.po"
    if not len(wanted) and not source.exists():
        return
    catalogue = catalogues.read_catalogue(source)
    assert catalogue.plural_forms == messages.plural_forms(language)
    assert {ids(item) for item in wanted if item.id} == {ids(item) for item in catalogue if item.id}
    assert faults(catalogue, same_in(language)) == []


def test_messages_are_found_in_code_and_pages(tmp_path: Path) -> None:
    (tmp_path / "jinja2").mkdir()
    (tmp_path / "jinja2" / "page.html").write_text(
        "{{ _('Queue') }}{% trans n=n %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}"
    )
    (tmp_path / "code.py").write_text(
        "x = gettext_lazy('Reply')\nraise NotFound('None.', status=410)\nraise DeskError(' '.join(words))\n"
    )
    found = {ids(item) for item in messages.extract_messages(tmp_path) if item.id}
    assert found == {("Queue",), ("Reply",), ("None.",), ("%(n)s day", "%(n)s days")}


def test_a_new_catalogue_takes_djangos_plural_rule(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("x = ngettext('%(n)s day', '%(n)s days', n)\n")
    target = tmp_path / "uk.po"
    waiting = messages.update_catalogue(target, language="uk", messages=messages.extract_messages(tmp_path))
    assert waiting == 1
    assert catalogues.read_catalogue(target).num_plurals == 4


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text(GOOD)
    assert catalogues.compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert catalogues.compile_catalogues(tmp_path) == []
    with source.with_suffix(".mo").open("rb") as file:
        assert read_mo(file).get("%(n)s open").string == "%(n)s åpne"


def test_a_malformed_catalogue_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "django.po").write_text('msgid "Open"\nrubbish\n')
    with pytest.raises(catalogues.CatalogueError, match=r"django\.po"):
        catalogues.compile_catalogues(tmp_path)


def test_more_plurals_than_the_header_promises_are_refused(tmp_path: Path) -> None:
    header = 'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    (tmp_path / "django.po").write_text(header + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n')
    with pytest.raises(catalogues.CatalogueError, match=r"django\.po"):
        catalogues.compile_catalogues(tmp_path)
