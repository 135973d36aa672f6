"""A story as plain words, and its address."""

from gerai.newsroom.models import Article
from gerai.newsroom.rules import page_path


def plain_text(article: Article) -> str:
    """Return the words of a story's body, without its form."""
    words = article.body.stream_block.get_searchable_content(article.body)
    return " ".join(" ".join(str(part).split()) for part in words)


def article_path(article: Article) -> str:
    """Return the address of a story on the host of its mall."""
    return page_path(article.url_path)
