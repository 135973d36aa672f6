"""The pages: who may open them, what they show, and that a form keeps what was typed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gerai.founding.actions.workspace import begin
from gerai.founding.models import (
    Decision,
    Founding,
    Guidance,
    LegalSetting,
    Risk,
    StaffRole,
    Step,
    TrialDay,
)
from gerai.founding.queries.gantt import gantt
from gerai.founding.queries.schedule import schedule
from gerai.founding.tests.factories import (
    BEGAN,
    CHIEF,
    MONDAY,
    a_founding,
    a_founding_mall,
    a_picture_file,
    ready_to_open,
    the_step,
)
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.papers.queries import attachments_of
from gerai.people.tests.factories import a_user

pytestmark = pytest.mark.django_db

READ = [
    "home",
    "steps",
    "gantt",
    "agencies",
    "risks",
    "decisions",
    "guidance_log",
    "staff",
    "trials",
    "legal",
    "documents",
    "status",
]


@pytest.fixture
def luwu():
    with time_machine.travel(MONDAY), in_mall(a_founding_mall()) as mall:
        a_founding(target_on=BEGAN + timedelta(days=300))
        yield mall


def browser_of(role, **fields):
    browser = Client(HTTP_HOST="luwutimur.localhost")
    browser.force_login(a_user(role, **fields))
    return browser


@pytest.fixture
def founder(luwu):
    return browser_of("founder")


@pytest.mark.parametrize("name", READ)
def test_the_leader_reads_every_page_and_is_offered_no_change(luwu, name):
    page = browser_of("leader").get(reverse(f"founding:{name}"))

    assert page.status_code == 200
    forms = page.content.decode().split("<main")[1].split("</main>")[0]
    assert 'method="post"' not in forms


@pytest.mark.parametrize("name", [*READ, "particulars", "new_step"])
def test_officers_and_strangers_stay_outside(luwu, name):
    assert browser_of("officer").get(reverse(f"founding:{name}")).status_code == 403
    stranger = Client(HTTP_HOST="luwutimur.localhost").get(reverse(f"founding:{name}"))
    assert (stranger.status_code, "/masuk/" in stranger["Location"]) == (302, True)


def test_the_leader_changes_nothing(luwu):
    leader = browser_of("leader")
    step = the_step("commit")
    for name, keys in (
        ("move", [step.pk]),
        ("shift", [step.pk]),
        ("step_remove", [step.pk]),
        ("add_evidence", [step.pk]),
        ("propose_days", []),
        ("close", ["commitment"]),
        ("write", ["request_letter"]),
        ("new_risk", []),
        ("open", []),
    ):
        assert leader.post(reverse(f"founding:{name}", args=keys)).status_code == 403, name
    assert the_step("commit").state == "todo"


def test_the_first_page_tells_days_left_stages_and_what_is_missing(founder):
    page = founder.get("/pendirian/")
    told = page.content.decode()

    assert (page.context["days_left"], page.context["total"]) == (300, 34)
    assert [stage.percent for stage in page.context["stages"]] == [12, 0, 0, 0, 14, 0, 0, 0]
    for words in ("Komitmen pimpinan", "Jam layanan mal belum diisi.", "Penentu hari buka"):
        assert words in told


def test_a_founding_mall_without_a_workspace_offers_to_begin_one():
    with time_machine.travel(MONDAY), in_mall(a_founding_mall()):
        founder = browser_of("founder")
        assert "Mulai mendirikan" in founder.get("/pendirian/").content.decode()
        assert founder.get("/pendirian/langkah/").status_code == 404
        told = {"leader": "Contoh", "began_on": "2026-11-23", "days_kind": "working"}
        bad = founder.post("/pendirian/mulai/", {**told, "target_on": "2026-11-01"})
        assert bad.status_code == 400
        assert "Sasaran harus sesudah tanggal mulai." in bad.content.decode()
        assert founder.post("/pendirian/mulai/", told).status_code == 302
        assert Founding.objects.get().days_kind == "working"


def test_a_step_walks_from_its_page(founder):
    step = the_step("commit")
    page = founder.get(f"/pendirian/langkah/{step.pk}/")
    assert page.context["verbs"] == ["begin", "finish", "drop"]

    founder.post(f"/pendirian/langkah/{step.pk}/keadaan/", {"verb": "begin"})
    days = {"started_on": "2026-11-20"}
    assert founder.post(f"/pendirian/langkah/{step.pk}/tanggal/", days).status_code == 302
    assert str(the_step("commit").started_on) == "2026-11-20"
    founder.post(f"/pendirian/langkah/{step.pk}/keadaan/", {"verb": "finish"})
    backwards = {"started_on": "2026-11-22", "done_on": "2026-11-21"}
    assert founder.post(f"/pendirian/langkah/{step.pk}/tanggal/", backwards).status_code == 400
    assert the_step("commit").state == "done"
    odd = founder.post(f"/pendirian/langkah/{step.pk}/keadaan/", {"verb": "fly"})
    assert odd.status_code == 404
    early = founder.post(f"/pendirian/langkah/{the_step('study').pk}/keadaan/", {"verb": "finish"})
    assert (early.status_code, "Selesaikan dahulu" in early.content.decode()) == (409, True)


def test_a_step_is_written_anew_and_a_circle_is_shown_at_its_field(founder):
    step = the_step("commit")
    told = {"name": "Komitmen", "usual_days": "21", "mark": "O", "due_on": "2026-12-24"}
    assert founder.post(f"/pendirian/langkah/{step.pk}/ubah/", told).status_code == 302
    assert (the_step("commit").name, the_step("commit").usual_days) == ("Komitmen", 21)

    circle = {**told, "name": "Lain", "needs": [the_step("team").pk]}
    page = founder.post(f"/pendirian/langkah/{step.pk}/ubah/", circle)
    assert page.status_code == 400
    assert "saling menunggu" in page.context["form"].errors["needs"][0]
    assert 'value="Lain"' in page.content.decode()


def test_a_step_is_added_to_the_stage_that_was_asked_for_and_deleted(founder):
    page = founder.get("/pendirian/langkah/baru/?tahap=trial")
    assert page.context["form"]["stage"].value() == "trial"
    told = {"stage": "trial", "name": "Gladi bersih", "usual_days": "2", "mark": "O"}
    assert founder.post("/pendirian/langkah/baru/", told).status_code == 302
    step = Step.objects.get(name="Gladi bersih")
    assert (step.stage, step.key) == ("trial", "")
    assert founder.post(f"/pendirian/langkah/{step.pk}/hapus/").status_code == 302
    assert not Step.objects.filter(pk=step.pk).exists()


def test_evidence_is_kept_shown_and_protects_its_step(founder):
    step = the_step("commit")
    address = f"/pendirian/langkah/{step.pk}/bukti/"
    bad = founder.post(address, {"file": SimpleUploadedFile("x.exe", b"MZ..."), "caption": "Isi"})
    assert (bad.status_code, 'value="Isi"' in bad.content.decode()) == (400, True)
    assert founder.post(address, {"caption": "Tanpa berkas"}).status_code == 400
    assert founder.post(address, {"file": a_picture_file(), "caption": "Rapat"}).status_code == 302

    [file] = attachments_of(f"step:{step.pk}")
    shown = founder.get(f"/pendirian/bukti/{file.pk}/")
    assert (shown.status_code, shown["Content-Type"].split("/")[0]) == (200, "image")
    assert "Rapat" in founder.get(f"/pendirian/langkah/{step.pk}/").content.decode()
    assert founder.post(f"/pendirian/langkah/{step.pk}/hapus/").status_code == 409
    assert founder.post(f"/pendirian/bukti/{file.pk}/hapus/").status_code == 302
    assert founder.get(f"/pendirian/bukti/{file.pk}/").status_code == 404


def test_the_drawing_has_a_bar_and_a_way_to_every_step(founder):
    page = founder.get("/pendirian/jadwal/")
    told = page.content.decode()

    sheet = page.context["gantt"]
    assert len(sheet.bars) == Step.objects.count()
    for bar in sheet.bars:
        assert f'href="/pendirian/langkah/{bar.row.step.pk}/"' in told
        assert sheet.labels <= bar.x <= bar.x + bar.width <= sheet.width + 5
    assert [bar.kind for bar in sheet.bars][:2] == ["critical", "critical"]
    assert len(sheet.bands) == 8
    assert sheet.target is not None
    assert sheet.today == sheet.labels


def test_bars_lie_in_the_order_of_their_days(luwu):
    sheet = gantt(schedule(Founding.objects.get()), None)

    by_start = sorted(sheet.bars, key=lambda bar: bar.row.starts)
    assert [bar.x for bar in by_start] == sorted(bar.x for bar in sheet.bars)


def test_a_schedule_without_steps_has_no_drawing(founder):
    Step.objects.all().delete()

    assert "Belum ada langkah" in founder.get("/pendirian/jadwal/").content.decode()
    assert founder.get("/pendirian/").status_code == 200


LINES = {
    "decision": (
        Decision,
        "keputusan",
        {"on": "2026-11-23", "text": "Gedung lama dipakai", "decided_by": "Rapat"},
        {"on": "kemarin"},
    ),
    "guidance": (
        Guidance,
        "pendampingan",
        {"on": "2026-11-23", "channel": "online", "who": "Unit contoh", "advice": "Lengkapi"},
        {"channel": "burung"},
    ),
    "risk": (
        Risk,
        "risiko",
        {"kind": "other", "title": "Banjir", "likelihood": "2", "weight": "5", "state": "open"},
        {"likelihood": "6"},
    ),
    "staff_role": (
        StaffRole,
        "petugas",
        {"name": "Satpam", "needed": "2", "filled": "1", "trained": "1"},
        {"trained": "2"},
    ),
    "trial_day": (TrialDay, "uji-coba", {"on": "2026-11-23", "visitors": "40"}, {"visitors": "-1"}),
    "legal_setting": (
        LegalSetting,
        "hukum",
        {"topic": "Retribusi", "text": "Contoh", "mark": "N"},
        {"is_verified": "on"},
    ),
}


@pytest.mark.parametrize("book", list(LINES))
def test_a_line_is_written_changed_and_deleted_on_its_pages(founder, book):
    model, address, told, wrong = LINES[book]
    before = model.objects.count()
    bad = founder.post(f"/pendirian/{address}/baru/", {**told, **wrong})
    assert (bad.status_code, model.objects.count()) == (400, before)
    assert founder.get(f"/pendirian/{address}/baru/").status_code == 200
    assert founder.post(f"/pendirian/{address}/baru/", told).status_code == 302
    line = model.objects.order_by("-pk")[0]
    assert model.objects.count() == before + 1
    page = f"/pendirian/{address}/{line.pk}/"
    assert founder.get(page).status_code == 200
    assert founder.post(page, told).status_code == 302
    assert f'href="{page}"' in founder.get(f"/pendirian/{address}/").content.decode()
    assert founder.post(f"{page}hapus/").status_code == 302
    assert model.objects.count() == before
    assert founder.post(f"{page}hapus/").status_code == 404


def test_a_second_role_with_the_same_name_is_refused_beside_the_form(founder):
    told = LINES["staff_role"][2]
    founder.post("/pendirian/petugas/baru/", told)

    again = founder.post("/pendirian/petugas/baru/", told)

    assert (again.status_code, "bertentangan" in again.content.decode()) == (400, True)


def test_a_legal_line_becomes_verified_only_with_words_and_source(founder):
    line = LegalSetting.objects.get(key="funding")
    page = f"/pendirian/hukum/{line.pk}/"
    told = {"topic": line.topic, "mark": "N", "is_verified": "on", "text": "Bunyi"}
    assert founder.post(page, told).status_code == 400
    assert founder.post(page, {**told, "source": "Naskah resmi"}).status_code == 302
    line.refresh_from_db()
    assert (line.is_verified, line.mark) == (True, "V")
    assert founder.post(page, {"topic": "x", "mark": "V", "text": "Bunyi"}).status_code == 400


def test_documents_are_written_and_given_out(founder):
    assert founder.post("/pendirian/naskah/urgency_study/tulis/").status_code == 302
    founder.post("/pendirian/keterangan/", {**particulars(), "leader": "Nama Lain"})
    founder.post("/pendirian/naskah/urgency_study/tulis/")
    page = founder.get("/pendirian/naskah/urgency_study/").content.decode()

    assert ("Versi 2" in page, "Versi 1" in page) == (True, True)
    assert "<ins>Nama Lain</ins>" in page
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = founder.get(f"/pendirian/naskah/urgency_study/1/{form}/")
        assert (file.status_code, file.content[: len(start)]) == (200, start)
    assert founder.get("/pendirian/naskah/urgency_study/3/pdf/").status_code == 404
    assert founder.get("/pendirian/naskah/urgency_study/1/exe/").status_code == 404
    assert founder.get("/pendirian/naskah/lain/").status_code == 404


def particulars():
    return {"leader": "Contoh Bupati", "began_on": "2026-11-23", "days_kind": "calendar"}


def test_the_status_comes_as_pdf_too(founder):
    file = founder.get("/pendirian/laporan/pdf/")

    assert (file["Content-Type"], file.content[:4]) == ("application/pdf", b"%PDF")


def test_a_founder_may_not_open_and_the_admin_opens_with_one_button(luwu, founder):
    assert founder.get("/pendirian/buka/").status_code == 403
    admin = browser_of("mall_admin")
    page = admin.post("/pendirian/buka/")
    assert (page.status_code, "Jam layanan mal belum diisi." in page.content.decode()) == (
        409,
        True,
    )

    ready_to_open()
    assert admin.get("/pendirian/buka/").context["lacks"] == []
    assert admin.post("/pendirian/buka/").status_code == 302

    assert Mall.objects.get(pk=luwu.pk).stage == "operating"
    told = admin.get("/pendirian/buka/").content.decode()
    assert "sudah beroperasi" in told
    assert admin.get("/pendirian/").status_code == 200
    assert admin.get("/pendirian/laporan/").status_code == 200


def test_another_mall_s_step_is_not_found(founder, luwu):
    with in_mall(a_founding_mall("lain", region_code="73.22")):
        begin(leader="", began_on=BEGAN, by=CHIEF)
        foreign = the_step("commit")

    assert founder.get(f"/pendirian/langkah/{foreign.pk}/").status_code == 404
    address = f"/pendirian/langkah/{foreign.pk}/keadaan/"
    assert founder.post(address, {"verb": "finish"}).status_code == 404


NEW = {
    "region_code": "73.24",
    "name": "MPP Luwu Timur",
    "slug": "luwutimur",
    "zone": "Asia/Makassar",
    "admin_name": "Contoh Ketua",
    "username": "ketua",
    "password": "sementara-sekali-1",
}


def test_everybody_reads_the_course_and_only_a_platform_admin_begins(mall, client):
    page = client.get("/dirikan-mal/")
    told = page.content.decode()
    assert (page.status_code, page.context["form"]) == (200, None)
    assert told.count('class="card stage"') == 8
    assert client.post("/dirikan-mal/", NEW).status_code == 403

    client.force_login(a_user(None, is_platform_admin=True))
    bad = client.post("/dirikan-mal/", {**NEW, "region_code": "73.11"})
    assert (bad.status_code, "region_code" in bad.context["form"].errors) == (400, True)
    assert client.post("/dirikan-mal/", {**NEW, "slug": "a b"}).status_code == 400
    assert client.post("/dirikan-mal/", NEW).status_code == 302
    again = client.post("/dirikan-mal/", {**NEW, "slug": "lutim", "username": "lain"})
    assert "luwutimur" in again.context["form"].errors["region_code"][0]
    assert Mall.objects.get(slug="luwutimur").is_founding
