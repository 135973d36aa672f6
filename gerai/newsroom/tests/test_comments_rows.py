"""What the factories make."""

from gerai.newsroom.tests.factories import an_article, taken_back


def test_an_article_is_seen_by_readers_until_it_is_taken_back(mall):
    article = an_article()
    assert article.shown_at == article.first_published_at
    assert taken_back(article).shown_at is None


def test_a_draft_is_seen_by_nobody(mall):
    assert an_article(published=False).shown_at is None
