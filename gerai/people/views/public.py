"""Signing in and out."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gerai.people import actions
from gerai.people.forms import SignIn
from gerai.people.guard import public


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; then lead to the page that was wanted."""
    form = SignIn(request.POST or None)
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if request.method == "POST" and form.is_valid():
        actions.check_may_try(form.cleaned_data["username"])
        user = authenticate(request, **form.cleaned_data)
        if user is None:
            actions.note_failed_sign_in(form.cleaned_data["username"])
            form.add_error(
                None,
                _("Nama pengguna atau kata sandi tidak cocok. Periksa, lalu coba lagi."),
            )
        else:
            login(request, user)
            actions.note_sign_in(user)
            safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
            return redirect(wanted if safe and wanted else "portals:start")
    status = 400 if form.errors else 200
    return render(request, "people/sign_in.html", {"form": form, "next": wanted}, status=status)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("portals:home")
