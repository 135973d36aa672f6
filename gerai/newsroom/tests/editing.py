"""People who write, and what their editing pages send."""

import json
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image
from wagtail.models import TaskState

from gerai.later import find
from gerai.newsroom.models import Article, Paper, Picture, Section
from gerai.newsroom.tests.factories import an_article, an_open_site
from gerai.people import actions as people
from gerai.people import audit
from gerai.people.models import User
from gerai.people.roles import Role

HOST = "barru.localhost"
PUBLISH = {"action-publish": "1"}
SUBMIT = {"action-submit": "1"}


def somebody(username: str, role: Role) -> User:
    """Make an account by the action, which also writes the groups."""
    return people.add_user(
        username=username, name=username, password="kata-sandi-contoh", role=role, by=audit.SYSTEM
    )


def desk_of(user: User, *, host: str = HOST) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client(HTTP_HOST=host)
    client.force_login(user)
    return client


def draftail(text: str) -> str:
    """Return a paragraph as the editor sends it."""
    block = {
        "key": "a",
        "text": text,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return json.dumps({"blocks": [block], "entityMap": {}})


def stream(name: str, *blocks: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a stream of blocks as the editor sends it; a block's own value has no name."""
    sent: dict[str, Any] = {f"{name}-count": len(blocks)}
    for place, (kind, values) in enumerate(blocks):
        head = f"{name}-{place}"
        sent |= {f"{head}-deleted": "", f"{head}-order": place, f"{head}-type": kind}
        sent |= {f"{head}-id": ""}
        sent |= {
            f"{head}-value-{part}" if part else f"{head}-value": value
            for part, value in values.items()
        }
    return sent


def filled_in(title: str = "Contoh judul", **fields: Any) -> dict[str, Any]:
    """Return a whole story as the editing page sends it."""
    return {
        "title": title,
        "summary": "Contoh ringkasan.",
        "slug": title.casefold().replace(" ", "-"),
        "place": "",
        "event_on": "",
        "credit": "",
        "lead_picture": "",
        "lead_caption": "",
        "tag_line": "",
        "source_name": "",
        "source_url": "",
        "rights_note": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "takes_comments": "on",
        **stream("authors"),
        **stream("corrections"),
        **stream("body", ("text", {"": draftail("Contoh isi berita.")})),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 1000,
        "comment_notifications": "",
        **fields,
    }


def edit_path(article: Article) -> str:
    """Return the address of a story's editing page."""
    return f"/redaksi/pages/{article.pk}/edit/"


def add_path(slug: str = "kegiatan") -> str:
    """Return the address at which a story is added to a category."""
    section = Section.objects.get(slug=slug)
    return f"/redaksi/pages/add/newsroom/article/{section.pk}/"


def saved(client: Client, article: Article, action: dict[str, str], **fields: Any):
    """Send a story's editing page with a button of it; follow where it leads."""
    told = filled_in(**{"title": article.title, **fields}) | action
    return client.post(edit_path(article), told, follow=True)


def a_draft(owner: User | None, **fields: Any) -> Article:
    """Make a story that nobody has published."""
    return an_article(published=False, owner=owner, **fields)


def is_live(article: Article) -> bool:
    """Tell whether the page tree shows a story."""
    return Article.objects.get(pk=article.pk).live


def in_review(article: Article, by: User) -> TaskState:
    """Ask for a review of a story; return the state of its task."""
    article.save_revision(user=by)
    return article.get_workflow().start(article, by).current_task_state


def asked_for(name: str) -> list[DBTaskResult]:
    """Return what was asked of background work under a name "room.task", in order."""
    path = find(name).module_path
    return list(DBTaskResult.objects.filter(task_path=path).order_by("enqueued_at"))


def a_picture(title: str = "Contoh gambar", *, size: int = 8, **fields: Any) -> Picture:
    """Make a picture of the mall in scope."""
    drawn = BytesIO()
    Image.new("RGB", (size, size), "teal").save(drawn, "PNG")
    return Picture.objects.create(
        title=title,
        file=ImageFile(BytesIO(drawn.getvalue()), name="contoh.png"),
        collection=an_open_site().collection,
        **fields,
    )


def a_paper(name: str = "contoh.csv", **fields: Any) -> Paper:
    """Make a document of the mall in scope."""
    return Paper.objects.create(
        **{"title": "Contoh dokumen", "file_size": 3, **fields},
        file=ContentFile(b"a,b", name=name),
        collection=an_open_site().collection,
    )
