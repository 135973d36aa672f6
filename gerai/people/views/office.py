"""The people of a mall and their roles, and the trail of what was done."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.people import actions, queries
from gerai.people.audit import actor_of
from gerai.people.forms import (
    NO_ROLE,
    KnownPerson,
    NewPerson,
    RoleChoice,
    TemporaryPassword,
    TrailFilter,
)
from gerai.people.guard import allow
from gerai.people.queries import Person
from gerai.people.roles import Role
from gerai.people.templatetags.trail import verb_words

PER_PAGE = 50


@allow("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """List the people of this mall, and add one."""
    if "known" in request.POST:
        return _give_role(request)
    form = NewPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.check_password(told["password"], username=told["username"])
            user = actions.add_user(
                username=told["username"],
                name=told["name"],
                password=told["password"],
                role=Role(told["role"]),
                by=actor_of(request.user),
            )
        except actions.NameTaken as refused:
            form.add_error("username", str(refused))
        except actions.WeakPassword as refused:
            form.add_error("password", str(refused))
        else:
            messages.success(request, _("%(name)s ditambahkan.") % {"name": user.name})
            return redirect("people_office:people")
    return _list_page(request, form, KnownPerson())


@allow("people.manage")
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person of this mall."""
    return _page(request, _person(pk))


@allow("people.manage")
@require_POST
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody another role, or none."""
    found = _person(pk)
    form = RoleChoice(request.POST)
    if not form.is_valid():
        return _page(request, found, role_form=form)
    told = form.cleaned_data["role"]
    role = Role(told) if told != NO_ROLE else None
    actions.change_role(found.user, role, by=actor_of(request.user))
    if role is None:
        messages.success(
            request, _("%(name)s tidak lagi berperan di mal ini.") % {"name": found.user.name}
        )
        return redirect("people_office:people")
    messages.success(request, _("Peran disimpan."))
    return redirect("people_office:person", pk=pk)


@allow("people.manage")
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Close somebody's account, or open it again."""
    found = _person(pk)
    is_active = request.POST.get("is_active") == "1"
    actions.set_active(found.user, is_active=is_active, by=actor_of(request.user))
    told = _("Akun dibuka lagi.") if is_active else _("Akun ditutup; orangnya langsung keluar.")
    messages.success(request, told)
    return redirect("people_office:person", pk=pk)


@allow("people.manage")
@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a temporary password."""
    found = _person(pk)
    form = TemporaryPassword(request.POST)
    if form.is_valid():
        try:
            actions.reset_password(
                found.user, form.cleaned_data["password"], by=actor_of(request.user)
            )
        except actions.WeakPassword as refused:
            form.add_error("password", str(refused))
        else:
            messages.success(
                request, _("Kata sandi sementara disimpan. Sampaikan langsung kepada orangnya.")
            )
            return redirect("people_office:person", pk=pk)
    return _page(request, found, password_form=form)


@allow("people.audit")
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Show what was done, newest first, of one day or one verb."""
    verbs = sorted(
        ((verb, verb_words(verb)) for verb in queries.verbs_done()), key=lambda pair: pair[1]
    )
    form = TrailFilter(request.GET or None, verbs=verbs)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.deeds(on=asked.get("hari"), verb=asked.get("perbuatan", ""))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("hal"))
    return render(
        request,
        "people/trail.html",
        {"page": page, "form": form, "asked": asked},
        status=400 if form.errors else 200,
    )


def _person(pk: int) -> Person:
    found = queries.person(pk)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    found: Person,
    *,
    role_form: RoleChoice | None = None,
    password_form: TemporaryPassword | None = None,
) -> HttpResponse:
    return render(
        request,
        "people/person.html",
        {
            "person": found,
            "is_own": found.user == request.user,
            "role_form": role_form or RoleChoice(initial={"role": found.role}),
            "password_form": password_form or TemporaryPassword(),
        },
        status=400 if role_form or password_form else 200,
    )


def _give_role(request: HttpRequest) -> HttpResponse:
    """Give somebody of another mall a role in this one, by the exact user name."""
    form = KnownPerson(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        by = actor_of(request.user)
        try:
            user = actions.give_role(told["known"], Role(told["known_role"]), by=by)
        except (actions.UnknownUser, actions.HereAlready) as refused:
            form.add_error("known", str(refused))
        else:
            messages.success(
                request, _("%(name)s sekarang bekerja di mal ini.") % {"name": user.name}
            )
            return redirect("people_office:person", pk=user.pk)
    return _list_page(request, NewPerson(), form)


def _list_page(request: HttpRequest, form: NewPerson, known_form: KnownPerson) -> HttpResponse:
    words = request.GET.get("cari", "").strip()[:80]
    page = Paginator(queries.people(words), PER_PAGE).get_page(request.GET.get("hal"))
    persons = [Person(user=row.user, role=Role(row.role)) for row in page]
    return render(
        request,
        "people/people.html",
        {
            "page": page,
            "persons": persons,
            "words": words,
            "form": form,
            "known_form": known_form,
        },
        status=400 if form.errors or known_form.errors else 200,
    )
