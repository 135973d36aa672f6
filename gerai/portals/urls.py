"""The front doors. Every address of the product begins here."""

from django.urls import include, path, re_path
from wagtail.admin import urls as page_editor

from gerai.blueprint import urls as blueprint
from gerai.directory import urls as directory
from gerai.display import urls as display
from gerai.founding import urls as founding
from gerai.insights import urls as insights
from gerai.newsroom import urls as newsroom
from gerai.papers import urls as papers
from gerai.people import urls as people
from gerai.planner import urls as planner
from gerai.portals.public import views
from gerai.portals.views import office_home
from gerai.printing import urls as printing
from gerai.pulse import urls as pulse
from gerai.queue import urls as queue
from gerai.showcase import urls as showcase
from gerai.story import urls as story
from gerai.survey import urls as survey
from gerai.visits import urls as visits
from gerai.website import urls as website

# One or more parts of letters, digits, hyphens; each ends with a stroke.
ANY_PAGE = r"^((?:[\w\-]+/)+)$"

front = [
    path("", website.home, name="home"),
    path("mulai/", views.start, name="start"),
]
manage = [path("", office_home, name="home"), *directory.manage]

urlpatterns = [
    path("", include((front, "portals"))),
    path("", include("gerai.people.urls")),
    path("", include("gerai.ui.urls")),
    path("antre/", include((queue.phone, "phone"))),
    path("kios/", include((queue.kiosk_giving(printing.give), "kiosk"))),
    path("kios/kertas/", include((printing.kiosk, "paper"))),
    path("kios/", include((display.heard, "heard"))),
    path("penyambut/", include((queue.greeter, "greeter"))),
    path("penyambut/", include((printing.greeter, "paper_greeter"))),
    path("petugas/", include((queue.desk, "desk"))),
    path("petugas/", include((printing.desk, "paper_desk"))),
    path("petugas/", include((pulse.desk, "pulse_desk"))),
    path("pengawas/", include((queue.supervisor, "supervisor"))),
    path("pengawas/pencetak/", include((printing.watch, "printers_watch"))),
    path("pengawas/rencana/", include((planner.supervisor, "planner"))),
    path("pengawas/saran/", include((planner.advice, "advice"))),
    path("pengawas/denyut/", include((pulse.supervisor, "pulse"))),
    path("layar/", include((display.screens, "display"))),
    path("kelola/layar/", include((display.office, "screens"))),
    path("nilai/", include((survey.public, "survey"))),
    path("perangkat/", include((directory.devices, "devices"))),
    path("kelola/", include((manage, "manage"))),
    path("kelola/antrean/", include((queue.manage_lines, "lines"))),
    path("kelola/pencetak/", include((printing.office, "printers"))),
    path("kelola/rute/", include((queue.manage_routes, "routes"))),
    path("kelola/", include((people.office, "people_office"))),
    path("berita/", include((newsroom.news, "news"))),
    path("", include(newsroom.media)),
    path("kelola/redaksi/", include((newsroom.office, "newsroom_office"))),
    path("komentar/", include((newsroom.comments, "comments"))),
    path("kelola/komentar/", include((newsroom.moderation, "moderation"))),
    path("buletin/", include((newsroom.newsletter, "newsletter"))),
    path("kelola/buletin/", include((newsroom.manage_newsletter, "bulletins"))),
    path("kunjungan/", include((visits.public, "visits"))),
    path("kelola/kunjungan/", include((visits.office, "visits_office"))),
    path("presentasi/", include((showcase.stage, "showcase"))),
    path("kisah/", include((story.public, "story"))),
    path("kelola/kisah/", include((story.office, "story_office"))),
    path("pendirian/", include((founding.workspace, "founding"))),
    path("dirikan-mal/", include((founding.public, "founding_public"))),
    path("kelola/cetak-biru/", include((blueprint.office, "blueprint"))),
    path("kelola/ukuran/", include((insights.office, "insights"))),
    path("surat/", include((papers.public, "papers"))),
    path("kelola/surat/", include((papers.office, "papers_office"))),
    path("", include((website.site, "site"))),
    path("redaksi/", include(page_editor)),
    # Last: whatever the page tree knows.
    re_path(ANY_PAGE, website.page, name="wagtail_serve"),
]
