"""The newsletter: readers ask for it, agree and stop; editors look at it and send it.

The pages behind a link in a mail take their forms without a token of the session: programs
that read mail stop a subscription without cookies (RFC 8058), and the token in the address is
the proof. Only a press of the button changes anything: mail is opened by scanners, too.
"""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.malls.scope import current_mall
from gerai.newsroom.actions import newsletter as actions
from gerai.newsroom.forms.newsletter import AskNewsletter, ComposeIssue
from gerai.newsroom.models import Article
from gerai.newsroom.queries import newsletter as queries
from gerai.newsroom.queries.text import article_path
from gerai.notices.queries import has_mail_server
from gerai.people.audit import actor_of
from gerai.people.guard import allow, public

ERASE: Final = "alamat"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an address; the answer is the same whether it is known or not."""
    form = AskNewsletter(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not form.is_by_machine:
            actions.check_may_ask(request.META.get("REMOTE_ADDR", ""))
            actions.ask(form.cleaned_data["address"], base_url=_base_url(request))
        return redirect("newsletter:asked")
    context = {"form": form, "consent": actions.CONSENTS[actions.CONSENT_VERSION]}
    return render(
        request, "newsroom/newsletter/ask.html", context, status=400 if form.errors else 200
    )


@public
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say where to look now."""
    return render(request, "newsroom/newsletter/asked.html", {"days": queries.LINK_VALID.days})


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that begins a subscription, and begin it."""
    if request.method == "POST":
        actions.confirm(token)
    is_active = queries.is_confirmed_with(token)
    if not is_active and not queries.asked_with(token).exists():
        raise actions.LinkGone
    return render(request, "newsroom/newsletter/confirm.html", {"is_active": is_active})


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show the buttons that end a subscription, and end it: by hand or by RFC 8058."""
    if request.method == "POST":
        actions.stop(token, erase_address=request.POST.get("hapus") == ERASE)
    subscription = queries.subscription_to_stop(token)
    if subscription is None:
        raise actions.NoSuchSubscription
    return render(request, "newsroom/newsletter/stop.html", {"subscription": subscription})


@allow("newsroom.publish")
@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """List the issues that went out, and tell what the next one would have."""
    context = {
        "issues": queries.sent_issues(),
        "subscribers": queries.subscribers(),
        "stories": queries.stories_to_tell(),
        "has_mail_server": has_mail_server(),
    }
    return render(request, "newsroom/newsletter/issues.html", context)


@allow("newsroom.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """Show the next issue as it would arrive."""
    if request.method == "POST":
        return _preview(request, ComposeIssue(request.POST))
    number = queries.next_number()
    subject = _("Kabar %(mall)s, edisi %(number)d") % {
        "mall": current_mall().name,
        "number": number,
    }
    return _preview(request, ComposeIssue({"subject": subject[:150]}))


@allow("newsroom.publish")
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send the issue that the editor saw."""
    form = ComposeIssue(request.POST)
    if not form.is_valid():
        return _preview(request, form)
    base_url = _base_url(request)
    letter = _letter(form.cleaned_data, queries.stories_to_tell(), base_url)
    issue = actions.send_issue(
        subject=form.cleaned_data["subject"],
        intro=form.cleaned_data["intro"],
        told=form.cleaned_data["told"],
        base_url=base_url,
        text=letter["text"],
        html=letter["html"],
        by=actor_of(request.user),
    )
    messages.success(
        request,
        _("Buletin edisi %(number)d mulai dikirim kepada %(count)d pelanggan.")
        % {"number": issue.number, "count": issue.addressees},
    )
    return redirect("bulletins:issues")


def _preview(request: HttpRequest, form: ComposeIssue) -> HttpResponse:
    stories = queries.stories_to_tell()
    is_good = form.is_valid()
    context = {
        "form": form,
        "stories": stories,
        "told": queries.keys_of(stories),
        "subscribers": queries.subscribers(),
        "has_mail_server": has_mail_server(),
    }
    if is_good and stories:
        told = form.cleaned_data
        context |= {"subject": told["subject"], **_letter(told, stories, _base_url(request))}
    return render(
        request, "newsroom/newsletter/preview.html", context, status=200 if is_good else 400
    )


def _letter(told: dict[str, Any], stories: list[Article], base_url: str) -> dict[str, str]:
    """Return an issue as plain text, as HTML, and as the part of it that a page can show."""
    context = {
        "mall": current_mall(),
        "intro": told["intro"],
        "stories": [(story, f"{base_url}{article_path(story)}") for story in stories],
        "home": f"{base_url}/",
        "stop": f"[[{actions.STOP_MARK}]]",
    }
    with override(actions.LANGUAGE):
        shown = render_to_string("newsroom/newsletter/mail_body.html", context)
        return {
            "text": render_to_string("newsroom/newsletter/mail.txt", context),
            "html": render_to_string(
                "newsroom/newsletter/mail.html", {**context, "subject": told["subject"]}
            ),
            "shown": shown,
        }


def _base_url(request: HttpRequest) -> str:
    """Return what the addresses in a mail begin with.

    A mall with a host name of its own is called by it: a request that lies about its host
    would else put a foreign address into a letter to somebody.
    """
    host = current_mall().host
    called = request.get_host()
    if host and called.rsplit(":", 1)[0].lower() != host.lower():
        called = host
    return f"{request.scheme}://{called}"
