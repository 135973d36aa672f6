"""What can be found, and the words in which it is written."""

from django.db import models

from gerai.malls.scope import MallManager, MallRow


class Entry(MallRow):
    """A page of the mall that can be found.

    `words` are its different words as written; `tokens` their stems as the index of the
    database holds them (see `queries.tokens_of`); `age` is `rules.age_of(published_at)`.
    SQLite keeps the index by triggers on this table: a migration that makes the table anew
    has to make them again.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=600, blank=True)
    url = models.CharField(max_length=500)
    icon = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True)
    age = models.BigIntegerField(default=0)
    words = models.TextField(blank=True)
    tokens = models.TextField(blank=True)

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "kind", "key"], name="search_entry_key")
        ]


class Word(MallRow):
    """A word of the mall's entries, its stem, and in how many entries it stands.

    `head` and `tail` are the codes of the word forwards and backwards.
    """

    word = models.CharField(max_length=40)
    stem = models.CharField(max_length=40)
    length = models.PositiveSmallIntegerField()
    head = models.BigIntegerField()
    tail = models.BigIntegerField()
    count = models.IntegerField()

    objects = MallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "word"], name="search_word_once"),
        ]
        indexes = [
            models.Index(fields=["mall", "stem"], name="search_word_stem"),
            models.Index(fields=["mall", "head", "length"], name="search_word_head"),
            models.Index(fields=["mall", "tail", "length"], name="search_word_tail"),
        ]
