from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from gerai.ui.context import WISHES
from gerai.ui.icons import NAMES

ONE_YEAR: Final = 365 * 24 * 3600
SAMPLE_MOMENT: Final = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
SAMPLE_SECONDS: Final = (20, 300, 3900)
SAMPLE_SCREENS: Final = {
    "ruang-tunggu": "ui/gallery/hall.html",
    "kios": "ui/gallery/kiosk.html",
    "meja": "ui/gallery/desk.html",
}

View = TypeVar("View", bound=Callable[..., HttpResponse])


def _open_to_everybody(view: View) -> View:
    # The guard of people stands on a higher floor; it reads this mark.
    view.gerai_door = "public"  # type: ignore[attr-defined]
    return view


@_open_to_everybody
@csrf_exempt
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the reader's theme, text size, shortcut keys and language in cookies.

    Nothing else can be done here, so no token is asked for: pages that are kept for many
    readers hold none.
    """
    answer = HttpResponseRedirect(_page_to_return_to(request))
    for wish in WISHES:
        value = request.POST.get(wish.field, "")
        if value in wish.values:
            _keep(answer, wish.cookie, value, secure=request.is_secure())
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, language, secure=request.is_secure())
    return answer


def _page_to_return_to(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(page, here, require_https=request.is_secure()):
        return page
    return "/"


def _keep(answer: HttpResponse, cookie: str, value: str, *, secure: bool) -> None:
    answer.set_cookie(cookie, value, max_age=ONE_YEAR, samesite="Lax", secure=secure)


class SampleForm(forms.Form):
    """The kinds of fields that the gallery shows."""

    name = forms.CharField(
        label=_("Nama panggilan"),
        help_text=_("Cukup nama yang biasa dipakai, tidak perlu nama lengkap."),
        max_length=40,
    )
    phone = forms.CharField(
        label=_("Nomor telepon"), help_text=_("Contoh: 0812 3456 7890."), required=False
    )
    zone = forms.ChoiceField(
        label=_("Zona"),
        choices=[
            ("a", _("Zona A: Kependudukan")),
            ("b", _("Zona B: Perizinan")),
            ("c", _("Zona C: Perbankan")),
        ],
    )
    group = forms.ChoiceField(
        label=_("Kelompok prioritas"),
        help_text=_("Pilih satu bila sesuai. Petugas tidak meminta bukti."),
        widget=forms.RadioSelect,
        choices=[
            ("", _("Tidak ada")),
            ("elderly", _("Lanjut usia")),
            ("disabled", _("Penyandang disabilitas")),
            ("pregnant", _("Ibu hamil atau membawa anak kecil")),
        ],
        required=False,
    )
    note = forms.CharField(label=_("Catatan"), widget=forms.Textarea({"rows": 3}), required=False)
    agree = forms.BooleanField(label=_("Saya sudah membaca persyaratannya."))


@_open_to_everybody
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; ?layar= shows one sample screen in full size."""
    screen = request.GET.get("layar", "")
    context: dict[str, Any] = {"moment": SAMPLE_MOMENT, "seconds": SAMPLE_SECONDS}
    if screen in SAMPLE_SCREENS:
        return render(request, SAMPLE_SCREENS[screen], context)
    context |= {
        "icons": sorted(NAMES),
        "form": SampleForm(auto_id="contoh_%s"),
        "refused_form": SampleForm({"name": "", "phone": "0812", "zone": "z", "group": "elderly"}),
    }
    return render(request, "ui/gallery.html", context)
