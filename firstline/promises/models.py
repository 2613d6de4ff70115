"""Calendars of working hours and the promises that are measured by them."""

from __future__ import annotations

from django.db import models


class Calendar(models.Model):
    """Working hours in a time zone; `country` names whose public holidays are free ('' = none)."""

    key = models.SlugField(max_length=40, unique=True)
    labels = models.JSONField(default=dict)
    time_zone = models.CharField(max_length=64)
    country = models.CharField(max_length=2, default="")

    class Meta:
        db_table = "calendar"


class Interval(models.Model):
    """One stretch of working time: weekday 0 = Monday, minutes since midnight, `until` excluded."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="intervals")
    weekday = models.PositiveSmallIntegerField()
    since = models.PositiveSmallIntegerField()
    until = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "calendar_interval"


class Promise(models.Model):
    """A service level. Times are working minutes; `next_desk_day` counts the same time on the next desk day."""

    key = models.SlugField(max_length=40, unique=True)
    labels = models.JSONField(default=dict)
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="promises")
    next_desk_day = models.BooleanField(default=True)
    first_answer = models.PositiveIntegerField(null=True)
    next_news = models.PositiveIntegerField(null=True)
    solution = models.PositiveIntegerField(null=True)
    level_holds = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "promise"
