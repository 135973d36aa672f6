"""Opening the newsroom of a mall: shelf, index, sections, rights, review."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from gerai.malls.scope import current_mall
from gerai.newsroom.models import MallSite, NewsIndex, SecondPersonTask, Section
from gerai.people.actions import group_of
from gerai.people.roles import Role
from gerai.transactions import inside_transaction

SECTIONS = (
    ("Kegiatan", "kegiatan", "Apa yang terjadi di mal."),
    ("Layanan", "layanan", "Layanan baru dan perubahan layanan."),
    ("Kunjungan", "kunjungan", "Tamu dari daerah lain yang datang belajar."),
    ("Pengumuman", "pengumuman", "Jam layanan, hari libur, dan pemberitahuan."),
)
WRITER_PAGES = ("add_page",)
EDITOR_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
# The page tree names the rights after its own models, whatever stands in for them.
WRITER_MEDIA = ("add_image", "choose_image", "add_document", "choose_document")
EDITOR_MEDIA = (
    *WRITER_MEDIA,
    "change_image",
    "delete_image",
    "change_document",
    "delete_document",
)


@inside_transaction
def open_newsroom(home: Page) -> MallSite:
    """Give the mall in scope, whose home page hangs in the tree, a newsroom of its own."""
    mall = current_mall()
    shelf = Collection.get_first_root_node().add_child(name=f"{mall.name} ({mall.slug})"[:255])
    site = MallSite.objects.create(mall=mall, home=home, collection=shelf)
    # Not the host name: it may change, and nobody asks for a site by it.
    Site.objects.create(hostname=f"{mall.slug}.localhost", site_name=mall.name, root_page=home)
    index = home.add_child(instance=NewsIndex(title="Berita", slug="berita", show_in_menus=True))
    for title, slug, intro in SECTIONS:
        index.add_child(instance=Section(title=title, slug=slug, intro=intro))
    writers, editors, admins = (
        group_of(role) for role in (Role.WRITER, Role.EDITOR, Role.MALL_ADMIN)
    )
    _permit(writers, index, WRITER_PAGES, shelf, WRITER_MEDIA)
    for group in (editors, admins):
        _permit(group, home, EDITOR_PAGES, shelf, EDITOR_MEDIA)
    _review(index, [editors, admins])
    return site


def _permit(
    group: Group, page: Page, pages: tuple[str, ...], shelf: Collection, media: tuple[str, ...]
) -> None:
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=pages
    ):
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    for permission in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=media
    ):
        GroupCollectionPermission.objects.create(
            group=group, collection=shelf, permission=permission
        )


def _review(index: NewsIndex, reviewers: list[Group]) -> None:
    name = f"Tinjauan redaksi {current_mall().name} ({current_mall().slug})"[:255]
    task = SecondPersonTask.objects.create(name=name)
    task.groups.set(reviewers)
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=index)
