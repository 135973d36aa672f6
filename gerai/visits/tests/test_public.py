"""The request form and a visit's own page, as guests use them."""

import io
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfWriter

from gerai.directory.models import Guide
from gerai.malls.models import Mall, Stage
from gerai.malls.scope import in_mall
from gerai.notices.models import Message
from gerai.people import audit
from gerai.people.tests.factories import a_mall
from gerai.visits.actions import answer_letter, asking, deciding, preparing
from gerai.visits.models import Guest, Material, Question, Visit
from gerai.visits.queries.guests import letter_of
from gerai.visits.tests.factories import BASE, THURSDAY, a_request, accepted

TOLD = {
    "region": "soppeng",
    "institution": "Dinas Contoh",
    "leader_name": "Contoh Pimpinan",
    "leader_title": "Kepala Dinas",
    "size": "12",
    "wished_1": "2026-12-10",
    "wished_2": "",
    "wished_3": "",
    "purpose": "Belajar mendirikan mal.",
    "questions": "Siapa membayar listrik?\n- Berapa petugas?\n",
    "contact_name": "Contoh Narahubung",
    "contact_email": "narahubung@contoh.id",
    "contact_phone": "0812 0000 0000",
    "key": "kunci-formulir-uji-0001",
    "website": "",
}


def a_pdf(name="surat.pdf"):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    held = io.BytesIO()
    writer.write(held)
    return SimpleUploadedFile(name, held.getvalue(), content_type="application/pdf")


def page_of(visit, name="visit", *rest):
    return reverse(f"visits:{name}", args=[visit.secret, *rest])


@pytest.fixture(autouse=True)
def _here(open_mall):
    return open_mall


def test_a_request_leads_to_its_own_page(client):
    answer = client.post(reverse("visits:ask"), TOLD | {"letter": a_pdf()})
    visit = Visit.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page_of(visit))
    assert (visit.relation.region_code, visit.size, visit.wished) == ("73.12", 12, ["2026-12-10"])
    assert list(Question.objects.values_list("text", flat=True)) == [
        "Siapa membayar listrik?",
        "Berapa petugas?",
    ]
    assert letter_of(visit).name == "surat.pdf"
    page = client.get(page_of(visit))
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert visit.reference in page.content.decode()


def test_the_form_sent_again_is_the_same_request(client):
    first = client.post(reverse("visits:ask"), TOLD)
    again = client.post(reverse("visits:ask"), TOLD)
    assert (first["Location"], Visit.objects.count(), Message.objects.count()) == (
        again["Location"],
        1,
        1,
    )


def test_the_form_has_a_key_and_keeps_it_with_everything_typed(client):
    key = client.get(reverse("visits:ask")).content.decode().split('name="key" value="')[1]
    assert len(key.split('"')[0]) == 32
    page = client.post(reverse("visits:ask"), TOLD | {"size": "0", "purpose": "<b>Belajar</b>"})
    told = page.content.decode()
    assert page.status_code == 400
    assert 'value="kunci-formulir-uji-0001"' in told
    assert "&lt;b&gt;Belajar&lt;/b&gt;" in told
    assert 'value="narahubung@contoh.id"' in told
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"region": "entah berantah"}, "region"),
        ({"region": "kab"}, "region"),
        ({"size": "abc"}, "size"),
        ({"size": "61"}, "size"),
        ({"wished_1": "besok"}, "wished_1"),
        ({"wished_1": "2026-11-24"}, "wished_1"),
        ({"wished_2": "2026-12-12"}, "wished_1"),
        ({"contact_email": "bukan"}, "contact_email"),
        ({"contact_phone": "x"}, "contact_phone"),
        ({"purpose": ""}, "purpose"),
        ({"purpose": "a\0b"}, "purpose"),
        ({"questions": "x" * 501}, "questions"),
        ({"questions": "\n".join(f"Tanya {n}?" for n in range(31))}, "questions"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, told, field):
    page = client.post(reverse("visits:ask"), TOLD | told)
    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])
    assert Visit.objects.count() == 0


def test_a_region_that_may_be_several_is_chosen_from_a_list(client):
    page = client.post(reverse("visits:ask"), TOLD | {"region": "luwu"})
    codes = [code for code, _ in page.context["form"].region_choices]
    assert "73.24" in codes
    assert 'type="radio" name="region_code" value="73.24"' in page.content.decode()
    client.post(reverse("visits:ask"), TOLD | {"region": "luwu", "region_code": "73.24"})
    assert Visit.objects.get().relation.region_name == "Kabupaten Luwu Timur"


def test_a_letter_that_is_no_pdf_is_refused_and_nothing_is_kept(client):
    fake = SimpleUploadedFile("surat.pdf", b"MZ no pdf", content_type="application/pdf")
    page = client.post(reverse("visits:ask"), TOLD | {"letter": fake})
    assert (page.status_code, list(page.context["form"].errors)) == (400, ["letter"])
    assert (Visit.objects.count(), Message.objects.count()) == (0, 0)


def test_machines_that_fill_the_hidden_field_are_sent_away(client):
    answer = client.post(reverse("visits:ask"), TOLD | {"website": "http://x"})
    assert (answer.status_code, Visit.objects.count()) == (302, 0)


def test_the_eleventh_request_of_an_hour_waits_and_keeps_what_was_typed(client):
    for _ in range(asking.ASKS_OF_A_SENDER):
        asking.check_may_ask("127.0.0.1")
    page = client.post(reverse("visits:ask"), TOLD)
    assert (page.status_code, Visit.objects.count()) == (429, 0)
    assert 'value="Dinas Contoh"' in page.content.decode()


def test_a_mall_that_is_being_founded_takes_no_requests(client, mall):
    Mall.objects.filter(pk=mall.pk).update(stage=Stage.FOUNDING)
    page = client.get(reverse("visits:ask"))
    assert '<form class="form visit-form"' not in page.content.decode()


def test_a_following_visit_knows_what_was_known(client):
    first = a_request(institution="Dinas Contoh")
    page = client.get(f"{reverse('visits:ask')}?dari={first.secret}")
    assert 'value="Kabupaten Soppeng, Sulawesi Selatan"' in page.content.decode()
    client.post(f"{reverse('visits:ask')}?dari={first.secret}", TOLD)
    second = Visit.objects.order_by("-pk")[0]
    assert (second.previous, second.relation) == (first, first.relation)


def test_unknown_secrets_open_nothing(client):
    for secret in ("x" * 32, "pendek", "x" * 33):
        assert client.get(f"/kunjungan/{secret}/").status_code == 404


def test_guests_list_themselves_until_the_visit_is_over(client):
    visit = a_request()
    told = {"name": "Contoh Dua", "title": "Staf", "institution": "", "email": ""}
    assert client.post(page_of(visit, "guests"), told).status_code == 302
    again = client.post(page_of(visit, "guests"), told)
    assert (again.status_code, Guest.objects.count()) == (409, 2)
    bad = client.post(page_of(visit, "guests"), told | {"name": "=1+1"})
    assert bad.status_code == 400
    guest = Guest.objects.get(name="Contoh Dua")
    client.post(page_of(visit, "remove_guest", guest.pk))
    assert list(Guest.objects.values_list("is_leader", flat=True)) == [True]
    leader = client.post(page_of(visit, "remove_guest", Guest.objects.get().pk))
    assert (leader.status_code, Guest.objects.count()) == (409, 1)
    deciding.cancel(visit, base_url=BASE, by=audit.VISITOR)
    assert client.post(page_of(visit, "guests"), told).status_code == 409


def test_a_list_is_taken_with_its_bad_rows_named_and_twice_changes_nothing(client):
    visit = a_request()
    data = b"Nama;Jabatan;Surel\r\nContoh Dua;Staf;dua@contoh.id\r\n;Kepala;\r\nContoh Tiga;;x\r\n"

    def send():
        file = SimpleUploadedFile("daftar.csv", data)
        return client.post(page_of(visit, "upload"), {"file": file})

    first, again = send(), send()
    assert (first.context["taken"].added, again.context["taken"].unchanged) == (1, 1)
    assert [line for line, _, _ in first.context["bad"]] == [3, 4]
    assert "Baris 3: namanya kosong" in first.content.decode()
    assert list(Guest.objects.order_by("pk").values_list("name", "title", "email")) == [
        ("Contoh Pimpinan", "Kepala Dinas (contoh)", ""),
        ("Contoh Dua", "Staf", "dua@contoh.id"),
    ]
    no_list = SimpleUploadedFile("daftar.xlsx", b"PK\x03\x04")
    assert client.post(page_of(visit, "upload"), {"file": no_list}).status_code == 400
    assert client.post(page_of(visit, "upload")).status_code == 400


def test_the_page_of_a_visit_shows_its_questions_and_reads_no_answers(client):
    visit = a_request(questions=("Satu?", "Dua?"))
    preparing.keep_answer(None, question_text="Satu?", text="Rahasia (contoh).", by=audit.SYSTEM)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(page_of(visit)).content.decode()

    assert [page.count(f"<li>{text}</li>") for text in ("Satu?", "Dua?")] == [1, 1]
    assert [each["sql"] for each in asked if "visits_answer" in each["sql"]] == []


def test_questions_and_the_letter_may_follow(client):
    visit = a_request()
    client.post(page_of(visit, "questions"), {"text": "Satu?\nDua?\nSatu?"})
    client.post(page_of(visit, "questions"), {"text": "Dua?\nTiga?"})
    assert list(Question.objects.values_list("text", flat=True)) == ["Satu?", "Dua?", "Tiga?"]
    client.post(page_of(visit, "letter"), {"file": a_pdf("satu.pdf")})
    client.post(page_of(visit, "letter"), {"file": a_pdf("dua.pdf")})
    assert letter_of(visit).name == "dua.pdf"
    wrong = SimpleUploadedFile("x.pdf", b"x")
    assert client.post(page_of(visit, "letter"), {"file": wrong}).status_code == 400
    assert letter_of(visit).name == "dua.pdf"


def test_guests_call_their_visit_off(client):
    visit = accepted()
    assert client.post(page_of(visit, "cancel"), {"words": "Berubah."}).status_code == 302
    assert Visit.objects.get().state == "cancelled"
    assert client.post(page_of(visit, "cancel")).status_code == 409
    assert b"METHOD:CANCEL" in client.get(page_of(visit, "calendar")).content


def test_a_request_without_a_time_has_no_calendar_file(client):
    assert client.get(page_of(a_request(), "calendar")).status_code == 404


def test_materials_are_open_until_their_day_and_to_accepted_guests_only(client, mall):
    guide = Guide.objects.create(
        mall=mall, code="alur", kind="flow", title="Alur contoh", text="Satu.\n\nDua."
    )
    told = {"kind": "procedure", "file": None, "guide": guide, "by": audit.SYSTEM}
    open_one = preparing.offer_material(
        None, title="Alur", available_until=date(2026, 11, 23), **told
    )
    past = preparing.offer_material(None, title="Lama", available_until=date(2026, 11, 22), **told)
    visit, other = a_request(), accepted()
    own = preparing.offer_material(
        other,
        title="Paparan",
        kind="slides",
        available_until=None,
        file=a_pdf("paparan.pdf"),
        guide=None,
        by=audit.SYSTEM,
    )
    assert client.get(page_of(visit, "material", open_one.pk)).status_code == 410
    assert client.get(page_of(other, "material", open_one.pk)).status_code == 200
    assert client.get(page_of(other, "material", past.pk)).status_code == 410
    file = client.get(page_of(other, "material", own.pk))
    assert (file.status_code, file.content[:5]) == (200, b"%PDF-")
    third = accepted(starts_at=None)
    assert client.get(page_of(third, "material", own.pk)).status_code == 410
    preparing.withdraw_material(own, by=audit.SYSTEM)
    assert client.get(page_of(other, "material", own.pk)).status_code == 410
    assert Material.objects.count() == 2


def test_the_answer_letter_is_for_its_own_guests(client):
    visit, other = accepted(), accepted()
    paper = answer_letter.issue_answer(visit, by=audit.SYSTEM)
    assert client.get(page_of(visit, "paper", paper.pk, "pdf")).content[:5] == b"%PDF-"
    assert client.get(page_of(visit, "paper", paper.pk, "docx")).content[:2] == b"PK"
    assert client.get(page_of(visit, "paper", paper.pk, "exe")).status_code == 404
    assert client.get(page_of(other, "paper", paper.pk, "pdf")).status_code == 404


def test_a_secret_opens_nothing_in_another_mall():
    visit = a_request()
    with in_mall(a_mall(slug="soppeng")):
        pass
    assert Client(HTTP_HOST="soppeng.localhost").get(page_of(visit)).status_code == 404


def test_a_language_chosen_is_the_language_of_the_mail(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.post(reverse("visits:ask"), TOLD)
    assert Visit.objects.get().language == "en"


def test_the_page_of_every_state_opens(client):
    visit = accepted()
    for state in ("accepted", "received", "closed", "refused", "cancelled", "asked"):
        Visit.objects.filter(pk=visit.pk).update(state=state)
        assert client.get(page_of(visit)).status_code == 200
    assert THURSDAY.isoformat() in visit.wished
