"""Compile the gettext catalogues of the languages with nothing but Babel, at set-up."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

HOME = Path(__file__).resolve().parent.parent / "locale"


class CatalogueError(Exception):
    """A catalogue that cannot be compiled; the text says which and why."""


def compile_catalogues(directory: Path) -> list[Path]:
    """Compile every `*.po` below `directory` that is newer than its `*.mo`; return the files written.

    The plural rule is the one in the file's own `Plural-Forms` header, which must be Django's for that
    language (Django's Ukrainian has four forms, Babel's three). Raises CatalogueError.
    """
    stale = [source for source in sorted(directory.rglob("*.po")) if _is_stale(source)]
    return [_compile(source) for source in stale]


def read_catalogue(source: Path) -> Catalog:
    """Read one `*.po`; raises CatalogueError where it is malformed or has more plurals than its header says."""
    try:
        with source.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeError, ValueError) as problem:
        raise CatalogueError(f"{source}: {problem}") from problem


def _is_stale(source: Path) -> bool:
    """Whether a catalogue was never compiled, or changed since."""
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> Path:
    """Write one `*.mo` beside its source, whole or not at all; messages marked fuzzy stay out."""
    catalogue = read_catalogue(source)
    target = source.with_suffix(".mo")
    half = target.with_suffix(".mo.part")
    with half.open("wb") as file:
        write_mo(file, catalogue, use_fuzzy=False)
    half.replace(target)
    return target


def main() -> int:
    """Compile the product's catalogues; exit 65 where one is malformed."""
    try:
        compile_catalogues(HOME)
    except CatalogueError as problem:
        sys.stderr.write(f"{problem}\n")
        return 65
    return 0


if __name__ == "__main__":
    sys.exit(main())
