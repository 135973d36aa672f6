"""The books beside the steps: each is a list, a form for a new line, and a page of each line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.founding import forms, queries
from gerai.founding.actions import books as actions
from gerai.founding.models import (
    Decision,
    Guidance,
    LegalSetting,
    Risk,
    RiskState,
    StaffRole,
    TrialDay,
)
from gerai.founding.queries.dossier import risks_by_gravity
from gerai.founding.rules import gravity
from gerai.malls.scope import MallRow
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved

Words = str | Promise
View = Callable[..., HttpResponse]

GRAVITY: dict[str, tuple[str, str, Words]] = {
    "grave": ("is-danger", "alert-triangle", gettext_lazy("Berat")),
    "notable": ("is-called", "alert-circle", gettext_lazy("Sedang")),
    "small": ("is-closed", "info-circle", gettext_lazy("Ringan")),
}


@dataclass(frozen=True)
class Pill:
    """A state: its class, drawing and word."""

    kind: str
    icon: str
    word: Words


@dataclass(frozen=True)
class Line:
    """A line as it is listed. on: its day; texts: label and text of what is written in it."""

    pk: int
    title: str
    pills: tuple[Pill, ...] = ()
    on: Any = None
    texts: tuple[tuple[Words, str], ...] = ()


@dataclass(frozen=True)
class Book:
    """A book: its words, its form, and how its lines are listed."""

    name: str
    page: str
    address: str
    title: Words
    lead: Words
    empty: Words
    add: Words
    drawing: str
    model: type[MallRow]
    form: type[django_forms.Form]
    lines: Callable[[], list[Line]]
    proposed: Callable[[], dict[str, Any]] = dict


def _decisions() -> list[Line]:
    return [
        Line(
            row.pk,
            row.text,
            on=row.on,
            texts=((gettext_lazy("Diputuskan oleh"), row.decided_by),),
        )
        for row in Decision.objects.order_by("-on", "-pk")
    ]


def _guidance() -> list[Line]:
    return [
        Line(
            row.pk,
            row.advice,
            pills=(
                Pill("is-done", "circle-check", gettext_lazy("Ditindaklanjuti"))
                if row.done
                else Pill("is-waiting", "clock", gettext_lazy("Menunggu tindak lanjut")),
            ),
            on=row.on,
            texts=(
                (gettext_lazy("Pendamping"), f"{row.who} · {row.get_channel_display()}"),
                (gettext_lazy("Tindak lanjut"), row.done),
            ),
        )
        for row in Guidance.objects.order_by("-on", "-pk")
    ]


def _times(one: int, other: int) -> str:
    return f"{one} \N{MULTIPLICATION SIGN} {other}"


def _risks() -> list[Line]:
    states = {
        RiskState.OPEN: ("is-waiting", "clock"),
        RiskState.WATCHED: ("is-serving", "eye"),
        RiskState.OVER: ("is-done", "circle-check"),
    }
    return [
        Line(
            row.pk,
            row.title,
            pills=(
                Pill(*GRAVITY[gravity(row.likelihood, row.weight)]),
                Pill(*states[RiskState(row.state)], word=row.get_state_display()),
            ),
            texts=(
                (gettext_lazy("Jenis"), str(row.get_kind_display())),
                (
                    gettext_lazy("Kemungkinan kali dampak"),
                    f"{_times(row.likelihood, row.weight)} = {row.likelihood * row.weight}",
                ),
                (gettext_lazy("Tanda-tanda"), row.signs),
                (gettext_lazy("Penanganan"), row.answer),
                (gettext_lazy("Penanggung jawab"), row.owner),
                (gettext_lazy("Sumber"), row.source),
            ),
        )
        for row in risks_by_gravity()
    ]


def _staff() -> list[Line]:
    return [
        Line(
            row.pk,
            row.name,
            pills=(_staff_pill(row),),
            texts=(
                (gettext_lazy("Perlu"), str(row.needed)),
                (gettext_lazy("Terisi"), str(row.filled)),
                (gettext_lazy("Sudah dilatih"), str(row.trained)),
                (gettext_lazy("Catatan"), row.note),
            ),
        )
        for row in StaffRole.objects.order_by("pk")
    ]


def _staff_pill(row: StaffRole) -> Pill:
    if row.filled < row.needed:
        return Pill("is-waiting", "clock", gettext_lazy("Belum terisi"))
    if row.trained < row.filled:
        return Pill("is-called", "school", gettext_lazy("Perlu pelatihan"))
    return Pill("is-done", "circle-check", gettext_lazy("Siap"))


def _trials() -> list[Line]:
    return [
        Line(
            row.pk,
            "",
            on=row.on,
            texts=(
                (gettext_lazy("Pengunjung"), str(row.visitors)),
                (gettext_lazy("Temuan"), row.findings),
                (gettext_lazy("Perbaikan"), row.mended),
            ),
        )
        for row in TrialDay.objects.order_by("-on", "-pk")
    ]


def _legal() -> list[Line]:
    return [
        Line(
            row.pk,
            row.topic,
            pills=(
                Pill("is-done", "shield-check", gettext_lazy("Sudah diverifikasi"))
                if row.is_verified
                else Pill("is-waiting", "shield", gettext_lazy("Belum diverifikasi")),
            ),
            texts=(
                (gettext_lazy("Bunyi"), row.text),
                (
                    gettext_lazy("Sumber"),
                    f"{row.source} ({row.get_mark_display()})"
                    if row.source
                    else str(row.get_mark_display()),
                ),
            ),
        )
        for row in LegalSetting.objects.order_by("pk")
    ]


def _today() -> dict[str, Any]:
    return {"on": queries.today()}


BOOKS = (
    Book(
        name="decision",
        page="decisions",
        address="keputusan",
        title=pgettext_lazy("banyak", "Keputusan"),
        lead=gettext_lazy("Apa yang sudah diputuskan, kapan, dan oleh siapa."),
        empty=gettext_lazy("Belum ada keputusan yang dicatat"),
        add=gettext_lazy("Catat keputusan"),
        drawing="gavel",
        model=Decision,
        form=forms.DecisionFields,
        lines=_decisions,
        proposed=_today,
    ),
    Book(
        name="guidance",
        page="guidance_log",
        address="pendampingan",
        title=gettext_lazy("Pendampingan kementerian"),
        lead=gettext_lazy("Saran yang diterima dan tindak lanjutnya."),
        empty=gettext_lazy("Belum ada pendampingan yang dicatat"),
        add=gettext_lazy("Catat pendampingan"),
        drawing="message",
        model=Guidance,
        form=forms.GuidanceFields,
        lines=_guidance,
        proposed=_today,
    ),
    Book(
        name="risk",
        page="risks",
        address="risiko",
        title=gettext_lazy("Risiko"),
        lead=gettext_lazy("Apa yang dapat menghambat, tandanya, dan siapa yang menanganinya."),
        empty=gettext_lazy("Belum ada risiko yang dicatat"),
        add=gettext_lazy("Tambah risiko"),
        drawing="alert-triangle",
        model=Risk,
        form=forms.RiskFields,
        lines=_risks,
    ),
    Book(
        name="staff_role",
        page="staff",
        address="petugas",
        title=gettext_lazy("Petugas dan pelatihan"),
        lead=gettext_lazy("Peran yang diperlukan, yang terisi, dan yang sudah dilatih."),
        empty=gettext_lazy("Belum ada peran yang ditulis"),
        add=gettext_lazy("Tambah peran"),
        drawing="users-group",
        model=StaffRole,
        form=forms.StaffRoleFields,
        lines=_staff,
    ),
    Book(
        name="trial_day",
        page="trials",
        address="uji-coba",
        title=gettext_lazy("Hari uji coba"),
        lead=gettext_lazy("Hari ketika mal dicoba dengan warga sebelum diresmikan."),
        empty=gettext_lazy("Belum ada hari uji coba yang dicatat"),
        add=gettext_lazy("Catat hari uji coba"),
        drawing="clipboard-list",
        model=TrialDay,
        form=forms.TrialDayFields,
        lines=_trials,
        proposed=_today,
    ),
    Book(
        name="legal_setting",
        page="legal",
        address="hukum",
        title=gettext_lazy("Ketentuan hukum"),
        lead=gettext_lazy(
            "Naskah hanya mengutip yang sudah dicocokkan bagian hukum; selebihnya dikosongkan."
        ),
        empty=gettext_lazy("Belum ada ketentuan yang ditulis"),
        add=gettext_lazy("Tambah ketentuan"),
        drawing="scale",
        model=LegalSetting,
        form=forms.LegalFields,
        lines=_legal,
    ),
)


def addresses() -> list[URLPattern]:
    """Return the addresses of every book."""
    found = []
    for book in BOOKS:
        found += [
            path(f"{book.address}/", _list_of(book), name=book.page),
            path(f"{book.address}/baru/", _new_of(book), name=f"new_{book.name}"),
            path(f"{book.address}/<int:pk>/", _line_of(book), name=book.name),
            path(f"{book.address}/<int:pk>/hapus/", _remove_of(book), name=f"{book.name}_remove"),
        ]
    return found


def _list_of(book: Book) -> View:
    @allow("founding.read")
    @require_safe
    def listed(request: HttpRequest) -> HttpResponse:
        """List the lines of a book."""
        lines = [(line, reverse(f"founding:{book.name}", args=[line.pk])) for line in book.lines()]
        new = reverse(f"founding:new_{book.name}")
        return render(request, "founding/book.html", {"book": book, "lines": lines, "new": new})

    return listed


def _new_of(book: Book) -> View:
    @allow("founding.work")
    @require_http_methods(["GET", "HEAD", "POST"])
    def new(request: HttpRequest) -> HttpResponse:
        """Write a line into a book."""
        form = book.form(request.POST or None, initial=book.proposed())
        by = actor_of(request.user)
        if saved(request, form, lambda: actions.write(book.name, **form.cleaned_data, by=by)):
            messages.success(request, _("Baris disimpan."))
            return redirect(f"founding:{book.page}")
        return _form(request, book, form, None)

    return new


def _line_of(book: Book) -> View:
    @allow("founding.work")
    @require_http_methods(["GET", "HEAD", "POST"])
    def line(request: HttpRequest, pk: int) -> HttpResponse:
        """Write a line of a book anew."""
        found = get_object_or_404(book.model.objects, pk=pk)
        stored = {name: getattr(found, name) for name in book.form.base_fields}
        form = book.form(request.POST or None, initial=stored)
        by = actor_of(request.user)
        if saved(request, form, lambda: actions.rewrite(book.name, pk, **form.cleaned_data, by=by)):
            messages.success(request, _("Baris disimpan."))
            return redirect(f"founding:{book.page}")
        return _form(request, book, form, found)

    return line


def _remove_of(book: Book) -> View:
    @allow("founding.work")
    @require_POST
    def removed(request: HttpRequest, pk: int) -> HttpResponse:
        """Delete a line of a book."""
        found = get_object_or_404(book.model.objects, pk=pk)
        actions.strike(book.name, found.pk, by=actor_of(request.user))
        messages.success(request, _("Baris dihapus."))
        return redirect(f"founding:{book.page}")

    return removed


def _form(
    request: HttpRequest, book: Book, form: django_forms.Form, found: MallRow | None
) -> HttpResponse:
    remove = reverse(f"founding:{book.name}_remove", args=[found.pk]) if found else ""
    return render(
        request,
        "founding/book_form.html",
        {
            "book": book,
            "form": form,
            "list": reverse(f"founding:{book.page}"),
            "remove": remove,
            "is_new": found is None,
        },
        status=400 if form.errors else 200,
    )
