"""One's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gerai.malls.scope import current_mall
from gerai.people import actions, queries
from gerai.people.audit import actor_of
from gerai.people.forms import OwnPassword
from gerai.people.guard import signed_in
from gerai.people.queries import ROLE_NAMES


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show who one is here, and change one's own password."""
    user = actor_of(request.user).user
    assert user is not None, "the door lets signed-in people in only"
    form = OwnPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.change_own_password(user, present=told["present"], password=told["password"])
        except actions.WrongPassword as refused:
            form.add_error("present", str(refused))
        except actions.WeakPassword as refused:
            form.add_error("password", str(refused))
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Kata sandi Anda sudah diganti."))
            return redirect("people:account")
    role = queries.role_in(user, current_mall())
    return render(
        request,
        "people/account.html",
        {"form": form, "role_name": ROLE_NAMES[role] if role else ""},
        status=400 if form.errors else 200,
    )
