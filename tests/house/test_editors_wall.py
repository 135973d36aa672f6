"""The wall inside the page editor: every address of it, asked with another mall's keys."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import product

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import URLPattern, URLResolver
from PIL import Image
from wagtail.admin import urls as page_editor
from wagtail.models import Revision, TaskState, WorkflowState

from gerai.directory.tests.factories import a_mall
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.newsroom.models import Article, MallSite, NewsIndex, Paper, Picture
from gerai.newsroom.tests.factories import an_article, an_open_site
from gerai.newsroom.wall import DOORS
from gerai.people import actions as people
from gerai.people import audit
from gerai.people.models import User
from gerai.people.roles import Role

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.one_database,
    pytest.mark.django_db(transaction=False),
]

FOREIGN = "Seberang"
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
OWN = "Rumahsendiri"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
# Pages of the editor itself that fall over an empty form, of whatever mall.
STUMBLES = {
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:preview_on_edit",
}


@dataclass
class Side:
    """A mall with a newsroom: one of each thing that an address can name."""

    mall: Mall
    site: MallSite
    index: NewsIndex
    article: Article
    draft: Article
    picture: Picture
    paper: Paper
    editor: User
    writer: User
    revision: Revision
    task: TaskState
    state: WorkflowState

    def browser(self, user: User) -> Client:
        client = Client(HTTP_HOST=f"{self.mall.slug}.localhost", raise_request_exception=False)
        client.force_login(user)
        return client

    def keys(self) -> dict[str, object]:
        """Return what each name in an address means on this side."""
        return {
            **dict.fromkeys(("page_id", "parent_page_id", "pk", "object_id"), self.draft.pk),
            **dict.fromkeys(("page_to_move_id", "page_pk"), self.draft.pk),
            "destination_id": self.index.pk,
            "revision_id": self.revision.pk,
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "task_state_id": self.task.pk,
            "task_id": self.task.task_id,
            "workflow_state_id": self.state.pk,
            "workflow_pk": self.state.workflow_id,
            "image_id": self.picture.pk,
            "document_id": self.paper.pk,
            "doc_id": self.paper.pk,
            "uploaded_file_id": 1,
            "collection_id": self.site.collection_id,
            "redirect_id": 1,
            "session_id": 1,
            "content_type_app_name": "newsroom",
            "content_type_model_name": "article",
            "app_label": "newsroom",
            "model_name": "article",
            "app_name": "newsroom",
            "action_name": "approve",
            "action": "delete",
            "filter_spec": "width-100",
            "uidb64": "x",
            "token": "x",
        }


def an_editorial_user(username: str, role: Role) -> User:
    """Make somebody by the action, which also writes the groups."""
    return people.add_user(
        username=username, name=username, password="kata-sandi-contoh", role=role, by=audit.SYSTEM
    )


def a_side(slug: str, word: str) -> Side:
    mall = a_mall(slug)
    with in_mall(mall):
        site = an_open_site()
        writer = an_editorial_user(f"penulis-{slug}", Role.WRITER)
        editor = an_editorial_user(f"redaktur-{slug}", Role.EDITOR)
        User.objects.filter(pk__in=[writer.pk, editor.pk]).update(name=f"{word} {slug}")
        article = an_article(title=f"{word} terbit", tag_line=f"{word} topik")
        draft = an_article(title=f"{word} draf", published=False, owner=writer)
        revision = draft.save_revision(user=writer)
        state = draft.get_workflow().start(draft, writer)
        drawn = BytesIO()
        Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
        picture = Picture.objects.create(
            title=f"{word} gambar",
            file=ImageFile(BytesIO(drawn.getvalue()), name=f"{word}.png"),
            collection=site.collection,
        )
        paper = Paper.objects.create(
            title=f"{word} dokumen",
            file=ContentFile(b"a,b", name=f"{word}.csv"),
            collection=site.collection,
        )
        return Side(
            mall=mall,
            site=site,
            index=NewsIndex.objects.descendant_of(site.home).get(),
            article=article,
            draft=draft,
            picture=picture,
            paper=paper,
            editor=editor,
            writer=writer,
            revision=revision,
            task=state.current_task_state,
            state=state,
        )


@dataclass
class Malls:
    """Two malls next to each other, and somebody who writes for both."""

    here: Side
    there: Side
    both: User


@pytest.fixture
def malls(settings, tmp_path) -> Malls:
    settings.MEDIA_ROOT = tmp_path
    here, there = a_side("barru", OWN), a_side("parepare", FOREIGN)
    admin = User(username="platform", name="Platform", is_platform_admin=True, created_at=NOW)
    admin.set_unusable_password()
    admin.save()
    with in_mall(here.mall):
        both = an_editorial_user("dua-mal", Role.EDITOR)
    with in_mall(there.mall):
        people.give_role("dua-mal", Role.EDITOR, by=audit.Actor.person(admin))
    return Malls(here, there, both)


def addresses(patterns: list, route: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for entry in patterns:
        whole = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry.url_patterns, whole, inner)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", whole.replace("^", "").replace("$", "")


ADDRESSES = list(addresses(page_editor.urlpatterns))


def names(route: str) -> list[str]:
    return [one or other for one, other in PARAMETER.findall(route)]


def filled(route: str, *sides: Side) -> Iterator[tuple[str, bool]]:
    """Give an address with its keys from each mixture of sides, and whether any is foreign."""
    found = names(route)
    for mixture in product(range(len(sides)), repeat=len(found)):
        values = iter(
            str(sides[place].keys()[name]) for name, place in zip(found, mixture, strict=True)
        )
        # The mixed keys of words (an app, a model) are the same on both sides.
        is_foreign = any(
            place and sides[0].keys()[name] != sides[place].keys()[name]
            for name, place in zip(found, mixture, strict=True)
        )
        path = PARAMETER.sub(lambda _found, values=values: next(values), route)
        yield "/redaksi/" + path.replace("\\.", "."), is_foreign


def test_every_address_says_what_its_keys_are(malls: Malls):
    known = set(malls.here.keys())
    assert {(name, key) for name, route in ADDRESSES for key in names(route)} == {
        (name, key) for name, route in ADDRESSES for key in names(route) if key in known
    }


def test_the_table_names_only_addresses_that_exist():
    assert set(DOORS) - {name for name, _route in ADDRESSES} == set()


@pytest.mark.parametrize("who", ["editor", "writer", "both"])
def test_no_key_of_another_mall_opens_anything(malls: Malls, who: str):
    user = malls.both if who == "both" else getattr(malls.here, who)
    client = malls.here.browser(user)
    there = malls.there
    query = {
        "id": there.draft.pk,
        "child_of": there.index.pk,
        "q": "draf",
        "collection_id": there.site.collection_id,
    }
    holes = []
    for name, route in ADDRESSES:
        for path, is_foreign in filled(route, malls.here, there):
            asked = [("GET", client.get(path))]
            if who == "both":  # may all that the others may
                asked.append(("GET?", client.get(path, query)))
                asked.append(("POST", client.post(path, {"title": "Dibobol"})))
            for method, answer in asked:
                text = answer.content.decode("utf-8", "replace") if not answer.streaming else ""
                if FOREIGN in text:
                    holes.append((name, method, path, "shows"))
                if is_foreign and answer.status_code not in {302, 403, 404, 405}:
                    holes.append((name, method, path, answer.status_code))
                if answer.status_code >= 500 and name not in STUMBLES:
                    holes.append((name, method, path, answer.status_code))
    assert holes == []
    there.draft.refresh_from_db()
    assert (there.draft.title, there.draft.live) == (f"{FOREIGN} draf", False)
    assert Picture.objects.get(pk=there.picture.pk).title == f"{FOREIGN} gambar"
    assert Paper.objects.get(pk=there.paper.pk).title == f"{FOREIGN} dokumen"
    assert Article.objects.get(pk=there.article.pk).live


def test_the_own_things_open(malls: Malls):
    """The sweep would also pass if nothing opened at all."""
    here = malls.here
    client = here.browser(malls.both)
    opened = {
        "/redaksi/": OWN,
        f"/redaksi/pages/{here.draft.pk}/edit/": OWN,
        f"/redaksi/pages/{here.article.get_parent().pk}/": OWN,
        f"/redaksi/pages/{here.draft.pk}/history/": OWN,
        "/redaksi/images/": OWN,
        f"/redaksi/images/{here.picture.pk}/": OWN,
        "/redaksi/images/chooser/": OWN,
        "/redaksi/documents/": OWN,
        "/redaksi/documents/chooser/": OWN,
        f"/redaksi/choose-page/{here.article.get_parent().pk}/": OWN,
    }
    answers = {path: client.get(path) for path in opened}
    assert {
        path: (answer.status_code, word in answer.content.decode())
        for (path, answer), word in zip(answers.items(), opened.values(), strict=True)
    } == dict.fromkeys(opened, (200, True))


def test_nobody_without_a_role_enters(malls: Malls):
    guest = Client(HTTP_HOST="barru.localhost", raise_request_exception=False)
    stranger = malls.here.browser(malls.there.editor)
    with in_mall(malls.here.mall):
        officer = malls.here.browser(an_editorial_user("loket", Role.OFFICER))
    holes = []
    for name, route in ADDRESSES:
        for path, _is_foreign in filled(route, malls.here):
            for who, client in (("guest", guest), ("stranger", stranger), ("officer", officer)):
                answer = client.get(path)
                to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/masuk/")
                if not (to_sign_in if who == "guest" else answer.status_code == 403):
                    holes.append((name, who, path, answer.status_code))
    assert holes == []


FOREIGN_CHOICES = {
    "lead_picture": lambda side: {"lead_picture": side.picture.pk},
    "picture block": lambda side: {
        "body-count": 1,
        "body-0-deleted": "",
        "body-0-order": 0,
        "body-0-type": "picture",
        "body-0-id": "",
        "body-0-value-picture": side.picture.pk,
        "body-0-value-alternative": "x",
        "body-0-value-caption": "",
    },
    "paper block": lambda side: {
        "body-count": 1,
        "body-0-deleted": "",
        "body-0-order": 0,
        "body-0-type": "paper",
        "body-0-id": "",
        "body-0-value-paper": side.paper.pk,
        "body-0-value-title": "",
    },
    "link": lambda side: {
        "body-count": 1,
        "body-0-deleted": "",
        "body-0-order": 0,
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": (
            '{"blocks":[{"key":"a","text":"lihat","type":"unstyled","depth":0,'
            '"inlineStyleRanges":[],"entityRanges":[{"offset":0,"length":5,"key":0}]}],'
            f'"entityMap":{{"0":{{"type":"LINK","mutability":"MUTABLE","data":{{"id":{side.article.pk},'
            '"url":"/x/","parentId":1}}}}'
        ),
    },
}


@pytest.mark.parametrize("choice", FOREIGN_CHOICES)
def test_a_foreign_thing_cannot_be_chosen_by_its_number(malls: Malls, choice: str):
    here = malls.here
    client = here.browser(here.editor)
    story = {
        "title": "Cerita",
        "summary": "Ringkas",
        "slug": "cerita",
        "place": "",
        "event_on": "",
        "credit": "",
        "lead_picture": "",
        "lead_caption": "",
        "tag_line": "",
        "source_name": "",
        "source_url": "",
        "rights_note": "",
        "authors-count": 0,
        "corrections-count": 0,
        "body-count": 0,
        "comment_notifications": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 1000,
    }
    section = here.article.get_parent().pk
    path = f"/redaksi/pages/add/newsroom/article/{section}/"
    before = Article.objects.count()
    refused = client.post(path, story | FOREIGN_CHOICES[choice](malls.there))
    assert (refused.status_code, Article.objects.count()) == (200, before)
    assert "bukan milik mal Anda" in refused.content.decode()
    taken = client.post(path, story | FOREIGN_CHOICES[choice](here))
    assert (taken.status_code, Article.objects.count()) == (302, before + 1)


def test_pictures_and_papers_of_another_mall_are_not_given_out(malls: Malls):
    reader = Client(HTTP_HOST="barru.localhost", raise_request_exception=False)
    drawn = {
        side.mall.slug: side.picture.get_rendition("width-8|format-png").url
        for side in (malls.here, malls.there)
    }
    papers = {side.mall.slug: side.paper.url for side in (malls.here, malls.there)}
    assert [reader.get(drawn["barru"]).status_code, reader.get(drawn["parepare"]).status_code] == [
        200,
        404,
    ]
    assert [
        reader.get(papers["barru"]).status_code,
        reader.get(papers["parepare"]).status_code,
    ] == [200, 404]
    original = reader.get(f"/media/{malls.here.picture.file.name}")
    assert original.status_code == 404
