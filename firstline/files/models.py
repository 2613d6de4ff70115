"""Stored bytes, once each, found by their content hash."""

from __future__ import annotations

from django.db import models


class Blob(models.Model):
    """Some bytes. Small ones stand in `content`, larger ones in the files folder under the random `key`."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    content = models.BinaryField(null=True)
    key = models.CharField(max_length=64, default="")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "blob"
