"""A story as plain words, and its address."""

from gerai.newsroom.models import Article


def plain_text(article: Article) -> str:
    """Return the words of a story's body, without its form."""
    words = article.body.stream_block.get_searchable_content(article.body)
    return " ".join(" ".join(str(part).split()) for part in words)


def article_path(article: Article) -> str:
    """Return the address of a story on the host of its mall.

    >>> article_path(Article(url_path="/barru/berita/kegiatan/dibuka/"))
    '/berita/kegiatan/dibuka/'
    """
    return "/" + article.url_path.split("/", 2)[2]
