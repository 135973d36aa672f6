"""Readers' comments: write, change, take back, report.

These addresses take forms without a token of the session: article pages are kept and the same
for everybody, and nobody signed in does anything here. What protects them is the origin, the
stamp and sum of the form, and for one's own comment a signed cookie that other sites cannot
send along.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.newsroom.actions import comments as actions
from gerai.newsroom.actions.comments import CommentsClosed, Envelope, NoSuchComment
from gerai.newsroom.forms.comments import Report, Revise, Write
from gerai.newsroom.models import Article, Comment
from gerai.newsroom.queries import comments as queries
from gerai.newsroom.queries.proofs import new_stamp, new_sum
from gerai.newsroom.queries.text import article_path
from gerai.newsroom.rules import key_in
from gerai.newsroom.states import State, Verb
from gerai.people.guard import public

OWN: Final = "gerai_comment"
BROWSER: Final = "gerai_reader"
LEAST_SECONDS: Final = 15 * 60
PLACE: Final = "/komentar/"
ONE_YEAR: Final = 365 * 24 * 3600

View = Callable[..., HttpResponse]


class FromElsewhere(Refused):
    """Another site sent this form, or nobody knows which."""

    message = _(
        "Formulir ini dikirim dari situs lain. Buka beritanya di situs mal ini, "
        "lalu tulis komentar Anda di sana."
    )
    status = 403


def from_here(view: View) -> View:
    """Refuse forms that another site sends, going by what the browser says of their origin."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not _is_from_here(request):
            raise FromElsewhere
        return view(request, *args, **kwargs)

    return checked


@public
@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Give a form its stamp and its sum, fresh for everybody who begins to write."""
    return JsonResponse({"stamp": new_stamp(), "challenge": new_sum()})


@public
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@from_here
def write(request: HttpRequest, article_id: int) -> HttpResponse:
    """Take a comment; show the form again with all that was typed where something is wrong."""
    article = queries.shown_article(article_id)
    if article is None:
        raise NoSuchComment
    if request.method != "POST":
        if not queries.is_open(article):
            raise CommentsClosed
        form = Write(initial={"answers": request.GET.get("balas", ""), "stamp": new_stamp()})
        return _form(request, article, form, request.GET.get("balas", ""))
    form = Write(request.POST)
    told = request.POST.get("answers", "")
    if not form.is_valid():
        return _form(request, article, form, told, status=400)
    answered = form.cleaned_data["answers"]
    parent = queries.comment_with(answered) if answered is not None else None
    if answered is not None and parent is None:
        form.add_error(None, str(actions.CannotAnswer.message))
        return _form(request, article, form, "", status=409)
    try:
        sent = actions.send(
            article,
            name=form.cleaned_data["name"],
            text=form.cleaned_data["text"],
            parent=parent,
            envelope=Envelope(
                address=request.META.get("REMOTE_ADDR", ""),
                stamp=form.cleaned_data["stamp"],
                proof=form.cleaned_data["proof"],
            ),
        )
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return _form(request, article, form, told, status=refused.status)
    answer = redirect(_place_of(sent.comment))
    if sent.is_of_this_form:
        _give(answer, request, sent.comment)
    return answer


@public
@never_cache
@require_safe
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Thank the reader who sent it, and say what becomes of it; lead others to the article."""
    shown = _comment(comment_id)
    if not _is_own(request, shown):
        if shown.state != State.PUBLISHED:
            raise NoSuchComment
        return redirect(_anchor(shown))
    known = {
        "comment": shown,
        "article_url": _anchor(shown) if shown.state == State.PUBLISHED else _story(shown),
        "may_revise": queries.may_change(shown, Verb.REVISE),
        "may_withdraw": queries.may_change(shown, Verb.WITHDRAW),
        "until": queries.window_ends(shown),
    }
    return render(request, "newsroom/comments/thanks.html", known)


@public
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@from_here
def revise(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Let the reader who sent it change it for some minutes."""
    own = _own(request, comment_id)
    if not queries.may_change(own, Verb.REVISE):
        raise actions.TooLate
    if request.method != "POST":
        form = Revise(initial={"name": own.name, "text": own.text})
        return _own_form(request, own, form)
    form = Revise(request.POST)
    if not form.is_valid():
        return _own_form(request, own, form, status=400)
    try:
        changed = actions.revise(
            own, name=form.cleaned_data["name"], text=form.cleaned_data["text"]
        )
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return _own_form(request, own, form, status=refused.status)
    return redirect(_place_of(changed))


@public
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@from_here
def withdraw(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Let the reader who sent it take it back for some minutes, after asking."""
    own = _own(request, comment_id)
    if request.method == "POST":
        actions.withdraw(own)
        return redirect("comments:comment", own.pk)
    if not queries.may_change(own, Verb.WITHDRAW):
        raise actions.TooLate
    return render(
        request, "newsroom/comments/withdraw.html", {"comment": own, "article_url": _story(own)}
    )


@public
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@from_here
def report(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Take a report of a comment."""
    shown = _comment(comment_id)
    browser = request.get_signed_cookie(BROWSER, default="", salt=_salt())
    if request.method == "POST":
        form = Report(request.POST)
        if form.is_valid():
            actions.report(
                shown,
                reason=form.chosen(),
                browser=browser or _nameless(request),
                address=request.META.get("REMOTE_ADDR", ""),
            )
            return render(
                request, "newsroom/comments/reported.html", {"article_url": _story(shown)}
            )
    else:
        form = Report()
    if shown.state != State.PUBLISHED:
        raise NoSuchComment
    known = {"form": form, "comment": shown, "article_url": _anchor(shown)}
    answer = render(
        request,
        "newsroom/comments/report.html",
        known,
        status=400 if request.method == "POST" else 200,
    )
    if not browser:
        _keep(answer, request, BROWSER, secrets.token_urlsafe(18), age=ONE_YEAR)
    return answer


def _is_from_here(request: HttpRequest) -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _comment(comment_id: int) -> Comment:
    found = queries.comment_with(comment_id)
    if found is None or found.article.shown_at is None:
        raise NoSuchComment
    return found


def _own(request: HttpRequest, comment_id: int) -> Comment:
    found = _comment(comment_id)
    if not _is_own(request, found):
        raise NoSuchComment
    return found


def _form(
    request: HttpRequest, article: Article, form: Write, told: str, *, status: int = 200
) -> HttpResponse:
    key = key_in(told)
    parent = queries.comment_with(key) if key is not None else None
    is_there = parent is not None and parent.state == State.PUBLISHED
    known = {
        "article": article,
        "article_url": article_path(article),
        "form": form,
        "parent": parent if is_there else None,
        "is_held_first": queries.is_held_first(),
        "days": queries.FORGOTTEN_AFTER_DAYS,
    }
    return render(request, "newsroom/comments/form.html", known, status=status)


def _own_form(
    request: HttpRequest, own: Comment, form: Revise, *, status: int = 200
) -> HttpResponse:
    known = {
        "comment": own,
        "form": form,
        "article_url": _story(own),
        "until": queries.window_ends(own),
    }
    return render(request, "newsroom/comments/revise.html", known, status=status)


def _story(shown: Comment) -> str:
    return article_path(shown.article)


def _anchor(shown: Comment) -> str:
    return f"{_story(shown)}#komentar-{shown.pk}"


def _place_of(sent: Comment) -> str:
    if sent.state == State.PUBLISHED:
        return _anchor(sent)
    return reverse("comments:comment", args=[sent.pk])


def _salt() -> str:
    return f"gerai.newsroom.comments.{current_mall().pk}"


def _is_own(request: HttpRequest, shown: Comment) -> bool:
    told = request.get_signed_cookie(OWN, default="", salt=f"{_salt()}.{shown.pk}")
    return bool(told == str(shown.pk))


def _give(answer: HttpResponse, request: HttpRequest, sent: Comment) -> None:
    lasts = max(LEAST_SECONDS, int((queries.window_ends(sent) - sent.sent_at).total_seconds()))
    place = reverse("comments:comment", args=[sent.pk])
    salt = f"{_salt()}.{sent.pk}"
    _keep(answer, request, OWN, str(sent.pk), age=lasts, path=place, salt=salt)


def _keep(
    answer: HttpResponse,
    request: HttpRequest,
    name: str,
    value: str,
    *,
    age: int,
    path: str = "",
    salt: str = "",
) -> None:
    answer.set_signed_cookie(
        name,
        value,
        salt=salt or _salt(),
        max_age=age,
        path=path or PLACE,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _nameless(request: HttpRequest) -> str:
    """Return what stands for a browser that keeps no cookies; it is hashed before it is kept."""
    return f"{request.META.get('REMOTE_ADDR', '')} {request.headers.get('User-Agent', '')}"
