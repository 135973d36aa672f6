"""Doors: every view says who may enter. A view that says nothing fails a house test."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from gerai.errors import Refused
from gerai.people.roles import all_verbs

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class NotAllowed(Refused):
    """This account may not do this here."""

    message = _(
        "Akun Anda tidak berwenang membuka halaman ini di mal ini. "
        "Masuk dengan akun lain, atau hubungi admin mal."
    )
    status = 403


def public(view: View) -> View:
    """Mark a page as open to everybody."""
    view.gerai_door = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page to everybody who is signed in, whatever their role."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.gerai_door = "signed-in"  # type: ignore[attr-defined]
    return guarded


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, and from there back to the page that was wanted."""
    there = {"next": request.get_full_path() if request.method == "GET" else "/"}
    return redirect(f"{reverse('people:sign_in')}?{urlencode(there)}")


def allow(
    verb: str,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Open a page to signed-in people whose role in this mall has the verb."""
    if verb not in all_verbs():
        raise LookupError(verb)

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if verb not in request.may:  # type: ignore[attr-defined]
                raise NotAllowed
            return view(request, *args, **kwargs)

        guarded.gerai_door = verb  # type: ignore[attr-defined]
        return guarded

    return guard
