import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.search import vocabulary
from firstline.search.dictionary import analyser
from firstline.search.index import EVERYBODY
from firstline.search.models import SearchRow
from firstline.search.rules.ranking import Candidate, rank
from tests.search.support import AGENT, CUSTOMER, GUEST, LEAD, ask, ids, put

pytestmark = pytest.mark.usefixtures("installed")


def test_a_hit_tells_what_a_page_shows():
    put(1, "the printer is on fire", title="Fire", number=1001)
    (hit,) = ask("printers").hits
    assert (hit.kind, hit.id, hit.number, hit.title, hit.language, hit.snippet) == (
        "ticket", 1, 1001, "Fire", "en", "the printer is on fire"
    )  # fmt: skip


@pytest.mark.parametrize("query", ["1001", "#1001", " 1001 "])
def test_the_object_with_the_number_is_first(query):
    put(1, "other", number=1001)
    put(2, "1001 1001 1001")
    assert ids(query) == [1, 2]


def test_an_object_of_several_texts_is_one_hit():
    put(1, "printer", part=1, number=1001)
    put(1, "printer again", part=2, number=1001)
    assert (ids("printer"), ids("1001")) == ([1], [1])


def test_kinds_that_were_not_asked_for_are_not_found():
    put(1, "printer", kind="asset")
    assert ids("printer") == []


def test_the_language_can_be_chosen():
    put(1, "printer", language="en")
    put(2, "printer", language="da")
    assert ids("printer", language="da") == [2]


def test_a_customer_finds_public_text_among_his_own_only():
    put(1, "printer", team_id=5)
    put(2, "printer", team_id=5)
    put(3, "printer", team_id=5, internal=True)
    assert ids("printer", CUSTOMER, among=frozenset({2, 3})) == [2]


def test_a_customer_without_ids_sees_what_guests_see():
    put(1, "printer", team_id=5)
    assert ids("printer", CUSTOMER) == []


def test_nobody_finds_among_none():
    put(1, "printer", team_id=EVERYBODY)
    assert ids("printer", among=frozenset()) == []


@pytest.mark.parametrize(
    ("row", "guest", "agent", "lead"),
    [
        ({"team_id": EVERYBODY}, 1, 1, 1),
        ({"team_id": EVERYBODY, "internal": True}, 0, 1, 1),
        ({"team_id": None}, 0, 0, 1),
        ({"team_id": 1}, 0, 1, 1),
        ({"team_id": 2}, 0, 0, 1),
        ({"team_id": 2, "internal": True}, 0, 0, 1),
        ({"team_id": 1, "confidential": True}, 0, 1, 1),
        ({"team_id": 2, "confidential": True}, 0, 0, 0),
        ({"team_id": EVERYBODY, "confidential": True}, 0, 0, 0),
        ({"team_id": None, "confidential": True}, 0, 0, 0),
    ],
)
def test_everybody_finds_what_he_may_see(row, guest, agent, lead):
    put(1, "printer", number=1001, **row)
    found = [len(ids("printer", who)) for who in (GUEST, AGENT, LEAD)]
    numbered = [len(ids("1001", who)) for who in (GUEST, AGENT, LEAD)]
    assert found == numbered == [guest, agent, lead]


def test_a_snippet_never_shows_internal_text_to_a_guest():
    put(1, "printer", team_id=EVERYBODY)
    put(1, "printer hunter2", internal=True, team_id=EVERYBODY)
    assert "hunter2" not in ask("printer hunter2", GUEST).hits[0].snippet


@pytest.mark.parametrize("query", ["", "   ", "?!", "''", "\x00"])
def test_a_question_without_words_finds_nothing(query):
    put(1, "printer")
    assert ids(query) == []


@pytest.mark.parametrize("query", ['printer"', "printer*", "printer OR", "NOT printer", "printer)", "keys:printer",
                                   "printer'; DROP TABLE search_row; --", "^printer", "printer & !", "NEAR(printer)",
                                   "printer:*", "%s printer", "printer\\"])  # fmt: skip
def test_operators_are_read_literally(query):
    put(1, "printer")
    assert ids(query) == [1]


def test_a_question_as_long_as_it_may_be_is_answered():
    put(1, "printer")
    assert ids(" ".join(f"nettverksskær{letter}måleren" for letter in "abcdefghijklmnopqrstuvw") + " printer") == [1]


def test_a_mistyped_word_is_also_searched_for():
    put(1, "my password is gone")
    vocabulary.learn_batch()
    found = ask("pasword")
    assert ([hit.id for hit in found.hits], found.also) == ([1], ("password",))


@pytest.mark.parametrize(
    ("query", "found"), [("prin*", [1]), ("PRIN*", [1]), ("принт*", [2]), ("pr*", []), ("prin", [])]
)
def test_a_star_stands_for_any_ending(query, found):
    put(1, "the printers are on fire")
    put(2, "принтери не друкують", language="uk")
    vocabulary.learn_batch()
    assert ids(query) == found


def test_what_a_star_stands_for_is_not_told():
    put(1, "supersecret", internal=True)
    vocabulary.learn_batch()
    assert ask("supers*", GUEST) == ask("nothing*", GUEST)


def test_a_correction_is_not_told_to_who_cannot_find_it():
    put(1, "supersecret", internal=True)
    put(2, "harmless", team_id=EVERYBODY)
    vocabulary.learn_batch()
    found = ask("supersecre harmless", GUEST)
    assert ([hit.id for hit in found.hits], found.also) == ([2], ())


def test_a_right_word_is_not_corrected():
    for one in range(1, 4):
        put(one, "printer")
    put(9, "pointer painter")
    vocabulary.learn_batch()
    assert ask("printer").also == ()


def test_at_most_as_many_hits_as_wanted_are_given():
    for one in range(1, 9):
        put(one, "printer", number=one)
    assert len(ids("printer", limit=3)) == len(ids("7 printer", limit=3)) == 3


def test_more_rows_than_candidates_still_give_those_with_all_words():
    from firstline.search import index
    from tests.search.support import NOW

    put(1, "printer vpn")
    rows = [index.IndexRow("ticket", one, False, "", word, 1, language="en")
            for one in range(2, 1600) for word in (("printer", "vpn")[one % 2],)]  # fmt: skip
    index.put_many(rows, now=NOW)
    while vocabulary.learn_batch():
        pass
    assert ids("printer vpn")[0] == 1


WORDS = ["printer", "printers", "vpn", "password", "passwords", "skærm", "skaerm", "nettverksskriver", "skriver",
         "пароль", "паролі", "комп'ютер", "принтери", "jelszó", "jelszavak", "v10.0.1", "e-mail", "db01",
         "the"]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.lists(st.sampled_from(WORDS), max_size=3), st.lists(st.sampled_from(WORDS), max_size=12)),
             min_size=1, max_size=12),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
)  # fmt: skip
def test_the_database_finds_what_ranking_every_row_would_find(texts, question):
    """Run on SQLite and on PostgreSQL, this proves that both give the same hits in the same order."""
    SearchRow.objects.all().delete()
    for at, (title, body) in enumerate(texts):
        put(at + 1, " ".join(body), title=" ".join(title), language=None)
    query = " ".join(question)
    terms = analyser().query_keys(query)
    telling = [term for term in terms if not term.small] or terms
    columns = SearchRow.objects.values_list("pk", "kind", "object_id", "tally", "title_length", "body_length")
    every = [Candidate(*row[:3], bytes(row[3]), *row[4:]) for row in columns.order_by("-pk")]
    sought = [one for one in every if any(key.encode() in one.tally for term in telling for key in term.keys)]
    expected = rank(sought, terms, vocabulary.statistics(()), limit=20)
    assert [(hit.id, hit.score) for hit in ask(query).hits] == [(one.object_id, one.score) for one in expected]
