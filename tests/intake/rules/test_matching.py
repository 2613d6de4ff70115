"""Which claims hold: the token of a participant, a reference to a mail to this sender, a participant's number."""

import pytest

from firstline.intake.rules.matching import Claim, match


@pytest.mark.parametrize("claims, outcome, ticket", [
    ([], "new", None),
    ([Claim(7, "token", participant=True)], "join", 7),
    ([Claim(7, "token", participant=False)], "hold", 7),
    ([Claim(7, "token", participant=False, sent_to_him=True)], "join", 7),
    ([Claim(7, "references", participant=False, sent_to_him=True)], "join", 7),
    ([Claim(7, "references", participant=True)], "hold", 7),
    ([Claim(7, "subject", participant=True)], "join", 7),
    ([Claim(7, "subject", participant=False)], "hold", 7),
    ([Claim(8, "subject", participant=True), Claim(7, "token", participant=True)], "join", 7),
    ([Claim(8, "subject", participant=True), Claim(7, "token", participant=False)], "join", 8),
], ids=["no claim", "own token", "a stranger's token", "token of a mail to him", "reference to a mail to him",
        "a forged reference", "number of a participant", "number of a stranger", "the token beats the number",
        "a number that holds beats a token that does not"])
def test_claims(claims, outcome, ticket):
    found = match(claims)
    assert (found.outcome, found.ticket) == (outcome, ticket)


def test_the_reason_names_the_proof():
    assert match([Claim(7, "token", participant=False)]).why == "token-from-a-stranger"
