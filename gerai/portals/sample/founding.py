"""A sample founding, half way. Invented throughout: no claim about the real regency."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from gerai.directory.actions.agencies import add_agency
from gerai.directory.actions.agreements import plan_agreement
from gerai.directory.actions.facilities import set_facility
from gerai.directory.actions.places import seat
from gerai.directory.actions.plan import add_counters, add_floor, add_zone
from gerai.directory.actions.standards import add_service
from gerai.directory.catalogue.entries import Promise
from gerai.directory.catalogue.entries import Requirement as Need
from gerai.directory.models import (
    Agency,
    Agreement,
    AgreementState,
    Counter,
    FacilityState,
    Floor,
    Service,
    Zone,
)
from gerai.directory.rules import Place
from gerai.founding.actions import begin
from gerai.founding.actions.books import rewrite, write
from gerai.founding.actions.steps import (
    StepText,
    change_step,
    close_stage,
    date_step,
    move_step,
    propose_due_days,
)
from gerai.founding.models import (
    Decision,
    Founding,
    Guidance,
    LegalSetting,
    Risk,
    StaffRole,
    Step,
)
from gerai.founding.queries import readiness, today
from gerai.founding.stages import Stage
from gerai.founding.states import State, Verb
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people import audit
from gerai.people.roles import Role
from gerai.portals.sample.plan import Person, SampleMall
from gerai.portals.sample.whole import fill_once

SAMPLE = SampleMall(
    slug="luwutimur",
    name="MPP Luwu Timur Contoh",
    region_code="73.24",
    floors=(),
    tenants=(),
    seats=(),
    people=(
        Person("pendiri", "Ketua Tim Pendiri Contoh", Role.FOUNDER),
        Person("pimpinan", "Pimpinan Daerah Contoh", Role.LEADER),
        Person("luwutimur-admin", "Pengelola Luwu Timur Contoh", Role.MALL_ADMIN),
    ),
    is_founding=True,
)

BEGAN_AGO = 170
TARGET_IN = 150

# Which steps are done, from and to how many days after the beginning.
DONE = {
    "commit": (0, 10),
    "team": (11, 27),
    "model": (18, 34),
    "workshop": (35, 41),
    "study": (42, 80),
    "request": (81, 86),
    "mou": (87, 140),
    "joining": (45, 70),
    "duty": (71, 98),
    "building": (15, 40),
    "checklist": (41, 50),
    "flow": (75, 95),
    "roles": (99, 112),
}
# Which are under way since when.
DOING = {"joint": 72, "budget": 80, "sign": 142, "standards": 90, "works": 120, "house_rules": 100}

# Who does it, and in how many days it is due; before today is late.
ASSIGNED = {
    "joint": ("Bagian Kerja Sama (contoh)", -12),
    "budget": ("Badan Perencanaan (contoh)", -5),
    "standards": ("DPMPTSP (contoh)", -20),
    "house_rules": ("DPMPTSP (contoh)", 10),
    "sign": ("Bagian Kerja Sama (contoh)", 20),
    "works": ("Dinas PUPR (contoh)", 35),
}
# The first agencies have a counter already.
SEATED = 2


@dataclass(frozen=True)
class Joined:
    """An agency of the sample. ends_in: days until its signed agreement ends."""

    code: str
    name: str
    short_name: str
    kind: str
    icon: str
    services: tuple[str, ...]
    state: AgreementState | None
    ends_in: int = 0
    duty_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    officers: int = 2
    brings: str = "Petugas, komputer, dan pencetak"


AGENCIES = (
    Joined(
        "DPMPTSP",
        "Dinas Penanaman Modal dan PTSP (contoh)",
        "DPMPTSP",
        "opd",
        "briefcase",
        ("Konsultasi perizinan berusaha (contoh)", "Izin praktik tenaga kesehatan (contoh)"),
        AgreementState.SIGNED,
        ends_in=700,
    ),
    Joined(
        "DISDUKCAPIL",
        "Dinas Kependudukan dan Pencatatan Sipil (contoh)",
        "Disdukcapil",
        "opd",
        "id",
        ("KTP elektronik (contoh)", "Kartu keluarga (contoh)", "Akta kelahiran (contoh)"),
        AgreementState.SIGNED,
        ends_in=55,
        officers=4,
    ),
    Joined(
        "POLRES",
        "Kepolisian Resor (contoh)",
        "Polres",
        "vertical",
        "shield-check",
        ("SKCK (contoh)",),
        AgreementState.PROMISED,
        duty_days=(0, 2, 4),
    ),
    Joined(
        "KEMENAG",
        "Kantor Kementerian Agama (contoh)",
        "Kemenag",
        "vertical",
        "book",
        ("Pendaftaran haji (contoh)",),
        AgreementState.PLANNED,
        duty_days=(1, 3),
        officers=1,
    ),
    Joined(
        "PDAM",
        "Perusahaan Daerah Air Minum (contoh)",
        "PDAM",
        "bumd",
        "droplet",
        ("Sambungan baru (contoh)",),
        None,
    ),
)

FACILITIES = (
    ("loket", "Loket layanan", "Layanan", FacilityState.READY, True),
    ("ruang-tunggu", "Ruang tunggu", "Layanan", FacilityState.READY, True),
    ("informasi", "Meja informasi", "Layanan", FacilityState.PLANNED, True),
    ("kios", "Kios nomor antrean", "Layanan", FacilityState.PLANNED, False),
    ("disabilitas", "Ruang pengguna kursi roda", "Kemudahan", FacilityState.PLANNED, True),
    ("laktasi", "Ruang laktasi", "Kemudahan", FacilityState.MISSING, True),
    ("bermain", "Pojok bermain anak", "Kemudahan", FacilityState.MISSING, False),
    ("ibadah", "Ruang ibadah", "Kemudahan", FacilityState.READY, False),
)

GUIDANCE = (
    (
        40,
        "online",
        "Rencana aksi sudah runtut; lengkapi angka pemohon setiap layanan dalam kajian (contoh).",
        "Angka tahun lalu diminta dari setiap instansi (contoh).",
    ),
    (
        95,
        "letter",
        "Lampiran perjanjian sebaiknya menyebut hari tugas dan pengganti petugas (contoh).",
        "Lampiran semua perjanjian dilengkapi (contoh).",
    ),
    (
        150,
        "meeting",
        "Dahulukan instansi yang paling banyak pemohonnya pada uji coba (contoh).",
        "",
    ),
)

DECISIONS = (
    (12, "Gedung bekas kantor lama dipakai sebagai mal (contoh).", "Rapat pimpinan"),
    (60, "Lima instansi bergabung pada tahap pertama (contoh).", "Rapat tim persiapan"),
    (140, "Uji coba dilakukan tiga pekan sebelum peresmian (contoh).", "Ketua tim"),
)


def fill_founding(mall: Mall, by: audit.Actor) -> bool:
    """Fill a founding mall with a founding half way; tell whether anything was made."""
    with in_mall(mall):
        return fill_once("pendirian", lambda: _found(by), stands=Founding.objects.exists)


def _found(by: audit.Actor) -> None:
    founding = Founding.objects.first() or begin(
        leader="Bupati Contoh",
        began_on=today() - timedelta(days=BEGAN_AGO),
        target_on=today() + timedelta(days=TARGET_IN),
        model_name="MPP Barru (contoh)",
        by=by,
    )
    began = founding.began_on
    _build(by)
    _join(began, by)
    _walk(began, by)
    _write(began, by)
    for stage in readiness():
        if not stage.is_closed and stage.may_close and stage.check.steps_all:
            close_stage(Stage(stage.stage), by=by)


def _build(by: audit.Actor) -> None:
    floor = Floor.objects.first() or add_floor(number=1, name="Lantai 1", by=by)
    zone = Zone.objects.first() or add_zone(
        floor, code="Z1", name="Ruang layanan", place=Place(40, 40, 920, 300), by=by
    )
    if not Counter.objects.exists():
        add_counters(zone, [str(number) for number in range(1, 7)], by=by)
    for code, name, group, state, is_required in FACILITIES:
        set_facility(
            code=code,
            name=name,
            group=group,
            state=state,
            source="Contoh; daftar resminya belum diverifikasi",
            is_required=is_required,
            by=by,
        )


def _join(began: date, by: audit.Actor) -> None:
    for number, each in enumerate(AGENCIES):
        agency = Agency.objects.filter(code=each.code).first() or add_agency(
            code=each.code,
            name=each.name,
            short_name=each.short_name,
            kind=each.kind,
            icon=each.icon,
            site="",
            by=by,
        )
        brought = set(Service.objects.filter(agency=agency).values_list("code", flat=True))
        for place, name in enumerate(each.services, start=1):
            code = f"{each.code}-{place}"
            if code not in brought:
                add_service(agency, code=code, name=name, promise=_promise(), by=by)
        _agree(agency, each, began, by)
        if number < SEATED:
            _seat(agency, str(number + 1), by)


def _seat(agency: Agency, code: str, by: audit.Actor) -> None:
    counter = Counter.objects.filter(code=code, shares=None).first()
    if counter is not None:
        seat(counter, {agency: range(5)}, by=by)


def _agree(agency: Agency, each: Joined, began: date, by: audit.Actor) -> None:
    if each.state is None or Agreement.objects.filter(agency=agency).exists():
        return
    signed = began + timedelta(days=150) if each.state == AgreementState.SIGNED else None
    plan_agreement(
        agency,
        state=each.state,
        number=f"PKS/CONTOH/{each.code}" if signed else "",
        signed_on=signed,
        starts_on=signed,
        ends_on=today() + timedelta(days=each.ends_in) if signed else None,
        duty_days=each.duty_days,
        officers=each.officers,
        agency_brings=each.brings,
        operator_brings="Loket, kursi, listrik, dan jaringan",
        by=by,
    )


def _walk(began: date, by: audit.Actor) -> None:
    for key, (first, last) in DONE.items():
        step = Step.objects.get(key=key)
        if step.state != State.DONE:
            move_step(step, Verb.FINISH, by=by)
        date_step(
            step,
            started_on=began + timedelta(days=first),
            done_on=began + timedelta(days=last),
            by=by,
        )
    for key, first in DOING.items():
        step = Step.objects.get(key=key)
        if step.state != State.DOING:
            move_step(step, Verb.BEGIN, by=by)
        date_step(step, started_on=began + timedelta(days=first), done_on=None, by=by)
    propose_due_days(by=by)
    for key, (who, days) in ASSIGNED.items():
        step = Step.objects.get(key=key)
        texts = {field.name: getattr(step, field.name) for field in fields(StepText)}
        told = StepText(**{**texts, "responsible": who, "due_on": today() + timedelta(days=days)})
        change_step(step, told, needs=list(step.needs.all()), by=by)


def _write(began: date, by: audit.Actor) -> None:
    given = set(Guidance.objects.values_list("advice", flat=True))
    for after, channel, advice, done in GUIDANCE:
        if advice in given:
            continue
        write(
            "guidance",
            on=began + timedelta(days=after),
            channel=channel,
            who="Unit pendamping (contoh)",
            advice=advice,
            done=done,
            by=by,
        )
    decided = set(Decision.objects.values_list("text", flat=True))
    for after, text, who in DECISIONS:
        if text not in decided:
            write("decision", on=began + timedelta(days=after), text=text, decided_by=who, by=by)
    for risk in Risk.objects.order_by("pk")[:2]:
        rewrite("risk", risk.pk, owner="Sekretaris daerah (contoh)", state="watched", by=by)
    for role in StaffRole.objects.order_by("pk")[:3]:
        rewrite("staff_role", role.pk, filled=role.needed, trained=role.needed - 1, by=by)
    line = LegalSetting.objects.get(key="operator")
    rewrite(
        "legal_setting",
        line.pk,
        text="Dinas Penanaman Modal dan PTSP (contoh)",
        source="Contoh naskah yang dicocokkan",
        is_verified=True,
        mark="V",
        by=by,
    )


def _promise() -> Promise:
    return Promise(
        requirements=(Need("Kartu identitas (contoh)"),),
        procedure=("Ambil nomor", "Serahkan berkas", "Terima hasil"),
        product="Dokumen contoh",
        source="Contoh",
    )
