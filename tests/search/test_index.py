import pytest

from firstline.search import index
from firstline.search.models import SearchRow
from tests.search.support import LEAD, NOW, ids, put

pytestmark = pytest.mark.usefixtures("installed")


def test_a_text_that_was_put_is_found():
    put(1, "the printer is on fire")
    assert ids("printer") == [1]


def test_a_text_put_again_is_found_by_its_new_words_only():
    put(1, "the printer is on fire")
    put(1, "the scanner is on fire")
    assert (ids("printer"), ids("scanner")) == ([], [1])


def test_a_text_put_again_unchanged_stays_findable():
    put(1, "printer")
    put(1, "printer", title="", number=77)
    assert ids("77") == ids("printer") == [1]


def test_public_and_internal_text_are_rows_of_their_own():
    put(1, "printer")
    put(1, "sabotage", internal=True)
    assert SearchRow.objects.filter(object_id=1).count() == 2


def test_removing_takes_every_text_of_the_object():
    put(1, "printer")
    put(1, "sabotage", internal=True, part=3)
    index.remove("ticket", 1)
    assert ids("printer") == ids("sabotage") == []


def test_removing_a_part_leaves_the_others():
    put(1, "printer", part=1)
    put(1, "scanner", part=2)
    index.remove_part("ticket", 1, 1)
    assert (ids("printer"), ids("scanner")) == ([], [1])


def test_removed_words_are_gone_from_the_fulltext_index():
    put(1, "printer")
    index.remove("ticket", 1)
    put(2, "scanner")
    assert ids("printer") == []


def test_a_moved_object_is_found_by_its_new_team_only():
    put(1, "printer", team_id=5)
    index.move("ticket", 1, team_id=9, confidential=True)
    assert (ids("printer", audience(5)), ids("printer", audience(9))) == ([], [1])


def audience(team):
    return type(LEAD)(internal=True, all_teams=False, teams=frozenset({team}))


def test_many_texts_are_put_at_once():
    rows = [
        index.IndexRow("ticket", one, False, "", f"printer number{one}", 1, language="en") for one in range(1, 300)
    ]
    index.put_many(rows, now=NOW)
    assert ids("number250")[0] == 250


def test_the_last_of_two_texts_for_one_place_holds():
    rows = [index.IndexRow("ticket", 1, False, "", text, 1, language="en") for text in ("printer", "scanner")]
    index.put_many(rows, now=NOW)
    assert (ids("printer"), ids("scanner")) == ([], [1])


def test_text_that_no_database_takes_is_mended():
    put(1, "printer\x00 \ud800 " + "x" * 200_000, title="\ud800" * 900, language="en-" + "x" * 99)
    assert ids("printer", language="en-GB") == [1]


def test_a_language_that_is_not_given_is_guessed():
    put(1, "Skriveren virker ikke etter oppdateringen, kan dere hjelpe meg?", language=None)
    assert SearchRow.objects.get().language == "nb"
