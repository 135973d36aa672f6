"""The visit of Soppeng on Thursday 10 February 2022, from its request to the second visit.

The course is that of the day; every name is made up.
"""

import io
from datetime import date, datetime, timedelta

import mammoth
import pypdfium2
import pytest
import time_machine
from django.core import mail
from django.test import Client

from gerai.directory.tests.factories import office_hours
from gerai.newsroom.models import Article
from gerai.newsroom.tests.factories import an_open_site
from gerai.notices.models import Message
from gerai.papers.models import Paper
from gerai.people.audit import SYSTEM, Actor
from gerai.visits.actions.deciding import accept
from gerai.visits.actions.preparing import add_guest, ask_ahead
from gerai.visits.models import (
    FollowUp,
    Guest,
    GuestBook,
    Minutes,
    Photo,
    Presence,
    Question,
    Visit,
)
from gerai.visits.queries.statistics import statistics
from gerai.visits.states import State
from gerai.visits.tests.factories import BASE, a_host, a_request, a_room
from gerai.visits.tests.received import a_drawing, a_photo_file

THURSDAY = date(2022, 2, 10)
GUESTS = (
    ("Asisten Contoh", "Asisten Perekonomian dan Pembangunan (contoh)"),
    ("Kepala Dinas Contoh", "Kepala DPMPTSP (contoh)"),
    ("Inspektur Contoh", "Inspektur (contoh)"),
)


def moment(hour: int, minute: int = 0, day: date = THURSDAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}:00+08:00")


def words_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


@pytest.mark.usefixtures("mall")
def test_soppeng_comes_learns_and_announces_a_second_visit():
    desk, phone = (Client(HTTP_HOST="barru.localhost") for _ in range(2))
    with time_machine.travel(moment(10, day=date(2022, 1, 20)), tick=False) as now:
        office_hours()
        an_open_site()
        host = a_host(name="Penerima Contoh")
        room = a_room(name="Ruang Rapat Lantai 2")
        visit = a_request(
            institution="Sekretariat Daerah (contoh)",
            leader_name="Asisten Contoh",
            leader_title=GUESTS[0][1],
            purpose="Mempelajari penyelenggaraan Mal Pelayanan Publik.",
            size=3,
            wished=(THURSDAY,),
        )
        accept(
            visit,
            starts_at=moment(9),
            room=room,
            host=host,
            base_url=BASE,
            by=Actor.person(host),
        )
        for name, title in GUESTS[1:]:  # the leader is on the list already
            add_guest(visit, name=name, title=title, institution="", email="", by=SYSTEM)
        ask_ahead(
            visit,
            ["Apa langkah pertama mendirikan mal?"],
            asked_by="Asisten Contoh",
            by=SYSTEM,
        )

        now.move_to(moment(8, 50))
        desk.force_login(host)
        desk_page = f"/kelola/kunjungan/{visit.pk}"
        desk.post(f"{desk_page}/buku-tamu/")
        book = f"/kunjungan/hadir/{GuestBook.objects.get().code}"
        for number, guest in enumerate(Guest.objects.order_by("pk")):
            there = f"{book}/isi/?tamu={guest.pk}" + ("&kios=1" if number else "")
            told = {"signature": a_drawing(), "photo_consent": "ya"}
            assert phone.post(there, told).status_code == 302

        now.move_to(moment(9, 5))
        assert desk.post(f"{desk_page}/hari/terima/").status_code == 302
        ahead = Question.objects.get()
        desk.post(
            f"{desk_page}/tanya/{ahead.pk}/jawab/", {"answer": "Komitmen kepala daerah (contoh)."}
        )
        desk.post(
            f"{desk_page}/tanya/",
            {"text": "Siapa saja yang bergabung?", "answer": "Instansi daerah dan vertikal."},
        )

        now.move_to(moment(11, 15))
        desk.post(
            f"{desk_page}/foto/",
            {"photos": [a_photo_file()], "caption": "Foto bersama", "all_agree": "on"},
        )
        phone.post(
            book.replace("/hadir/", "/kesan/beri/") + "/",
            {"key": "k1", "rating": "4", "words": "Luar biasa (contoh).", "may_publish": "on"},
        )
        desk.post(f"{desk_page}/hari/pulang/")
        signer = {"officer": "Penerima Contoh", "role": "Kepala Dinas (contoh)"}
        desk.post(f"{desk_page}/spd/", signer)

        now.move_to(moment(15))
        desk.post(
            f"{desk_page}/laporan/",
            {
                "basis": "Surat permohonan contoh.",
                "learned": "Perjalanan mendirikan mal.",
                "conclusion": "Rombongan akan datang lagi.",
            },
        )
        desk.post(
            f"{desk_page}/tindak-lanjut/",
            {
                "text": "Membawa lebih banyak OPD",
                "owner_name": "Asisten Contoh",
                "side": "guest",
                "due_on": "2022-03-10",
            },
        )
        further = {
            "key": "lanjutan-uji-1",
            "purpose": "Belajar bersama OPD terkait.",
            "size": "20",
            "wished": "2022-03-10",
        }
        for _ in range(2):
            assert desk.post(f"{desk_page}/lanjutan/", further).status_code == 302
        for deed in ("laporan/terbit", "terima-kasih", "berita", "tutup"):
            assert desk.post(f"{desk_page}/{deed}/").status_code == 302, deed

        visit.refresh_from_db()
        assert visit.state == State.CLOSED
        second = Visit.objects.exclude(pk=visit.pk).get()
        assert (second.relation, second.previous, second.state) == (
            visit.relation,
            visit,
            State.ASKED,
        )
        letter = Message.objects.get(key=f"visits:asked:{second.pk}").letter.text
        assert letter.count(f"\nhttp://barru.localhost/kunjungan/{second.secret}/\n") == 1
        assert Presence.objects.count() == 3
        figures = statistics(2022)
        assert (figures.visits, figures.guests, figures.mean) == (1, 3, 4.0)

        report = Paper.objects.get(kind="report")
        pdf = words_of(desk.get(f"{desk_page}/surat/{report.pk}.pdf").content)
        docx = desk.get(f"{desk_page}/surat/{report.pk}.docx").content
        text = mammoth.extract_raw_text(io.BytesIO(docx)).value
        for told in (
            "Kamis, 10 Februari 2022",
            "09.05 WITA",
            "Ruang Rapat Lantai 2",
            "Inspektur Contoh",
            "Komitmen kepala daerah (contoh).",
            "Membawa lebih banyak OPD",
            "Luar biasa (contoh).",
        ):
            assert (told in pdf, told in text) == (True, True), told

        spd = Paper.objects.get(kind="spd")
        assert phone.get(f"/surat/{spd.token}/").status_code == 200
        theirs = phone.get(f"/kunjungan/hasil/{visit.secret}/{spd.pk}.pdf").content
        told = words_of(theirs)
        assert [
            f"Kamis, 10 Februari 2022 pukul {hour} WITA" in told for hour in ("09.05", "11.15")
        ] == [
            True,
            True,
        ]

        article = Article.objects.get()
        assert (article.live, article.event_on, article.pk) == (
            False,
            THURSDAY,
            Minutes.objects.get().article_id,
        )
        story = str(article.body.get_prep_value())
        assert [words in story for words in ("Luar biasa (contoh).", "kunjungan lanjutan")] == [
            True,
            True,
        ]
        assert article.lead_caption == Photo.objects.get().caption == "Foto bersama"
        assert Message.objects.filter(key=f"visits:thanked:{visit.pk}").count() == 1
        assert FollowUp.objects.get().due_on == THURSDAY + timedelta(days=28)
        assert mail.outbox == []
