"""What is searched: a row for each text that one audience may find, and what is known of all rows together."""

from __future__ import annotations

from django.db import models


class Openness(models.IntegerChoices):
    """Who may find a text. Public and internal text of one object are separate rows."""

    PUBLIC = 0
    INTERNAL = 1


class SearchRow(models.Model):
    """One text of one object. The narrow columns come first: rights are asked a thousand times a search."""

    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    part = models.IntegerField(default=0)
    audience = models.SmallIntegerField(choices=Openness.choices)
    number = models.BigIntegerField(null=True)
    team_id = models.IntegerField(null=True)
    confidential = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="")
    analyser = models.SmallIntegerField()
    learnt = models.BooleanField(default=False)
    title_length = models.IntegerField()
    body_length = models.IntegerField()
    tally = models.BinaryField()
    changed_at = models.DateTimeField()
    title = models.CharField(max_length=250)
    text = models.TextField()

    class Meta:
        db_table = "search_row"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "audience", "part"], name="search_row_once")
        ]
        indexes = [
            models.Index(fields=["number"], name="search_row_number", condition=models.Q(number__isnull=False)),
            models.Index(fields=["id"], name="search_row_unlearnt", condition=models.Q(learnt=False)),
        ]


class SearchTotal(models.Model):
    """One line: how many rows have been learnt and how many words stand in their titles and bodies."""

    rows = models.BigIntegerField(default=0)
    title_words = models.BigIntegerField(default=0)
    body_words = models.BigIntegerField(default=0)

    class Meta:
        db_table = "search_total"


class SearchKey(models.Model):
    """In how many learnt rows a key stands."""

    key = models.CharField(max_length=7, primary_key=True)
    rows = models.BigIntegerField()

    class Meta:
        db_table = "search_key"


class SearchWord(models.Model):
    """A word of the index, for the correction of typing errors."""

    word = models.CharField(max_length=24, unique=True)
    rows = models.BigIntegerField()

    class Meta:
        db_table = "search_word"


class SearchFragment(models.Model):
    """A word with at most one letter left out, as a number, and the word it came from."""

    fragment = models.BigIntegerField()
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, db_index=False)

    class Meta:
        db_table = "search_fragment"
        constraints = [models.UniqueConstraint(fields=["fragment", "word"], name="search_fragment_once")]
