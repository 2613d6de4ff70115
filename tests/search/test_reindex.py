import pytest

from firstline.search.index import IndexRow
from firstline.search.models import SearchRow
from firstline.search.reindex import Cursor, reindex
from tests.search.support import NOW, ids, put

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def old():
    for one in range(1, 6):
        put(one, "printer")
    SearchRow.objects.update(analyser=0)


def scanners(wanted):
    return [IndexRow("ticket", one, False, "", "scanner", 1, language="en") for one in wanted if one != 3]


def run(cursor=None):
    steps = [cursor or Cursor()]
    while steps[-1] is not None:
        steps.append(reindex("ticket", scanners, cursor=steps[-1], now=NOW, limit=2))
    return [step.last_id for step in steps[1:-1]]


def test_all_old_rows_are_indexed_anew(old):
    run()
    assert sorted(ids("scanner")) == [1, 2, 4, 5]


def test_it_goes_batch_by_batch(old):
    assert run() == [2, 4, 5]


def test_it_goes_on_where_it_stopped(old):
    assert run(Cursor(last_id=4)) == [5]


def test_a_cursor_of_another_version_starts_from_the_beginning(old):
    assert run(Cursor(version=-1, last_id=4)) == [2, 4, 5]


def test_an_object_that_is_gone_leaves_the_index(old):
    run()
    assert not SearchRow.objects.filter(object_id=3).exists()


def test_rows_of_this_version_are_left_alone():
    put(1, "printer")
    assert run() == []
