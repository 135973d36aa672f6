"""The newsroom reads, publishes and answers readers' comments."""

from collections.abc import Callable
from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from gerai import clock
from gerai.errors import Refused
from gerai.newsroom.actions import moderation as actions
from gerai.newsroom.forms.comments import Answer, Decide, Edit, Seen, Several, Word, new_key
from gerai.newsroom.models import BlockedSender, BlockedWord, Comment
from gerai.newsroom.queries import comments as queries
from gerai.newsroom.queries.text import article_path
from gerai.newsroom.rules import key_in
from gerai.newsroom.states import State, verbs_from
from gerai.people.audit import Actor, actor_of
from gerai.people.guard import allow

VERB: Final = "newsroom.moderate"
TABS: Final = {
    "terbit": State.PUBLISHED,
    "tersembunyi": State.HIDDEN,
    "ditolak": State.REJECTED,
}
SHOWN_IN_BULK: Final = queries.PER_PAGE

Act = Callable[..., None]
Deed = Callable[[Comment, Actor], None]


@allow(VERB)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List what waits, oldest first; or what was published, hidden, rejected."""
    tab = request.GET.get("lihat", "")
    found = queries.in_state(TABS[tab]) if tab in TABS else queries.waiting()
    known = {
        "page": queries.page_of(found, request.GET.get("hal", "")),
        "tab": tab if tab in TABS else "",
        "counts": queries.counts(),
        "now": clock.now(),
    }
    return render(request, "newsroom/comments/moderation.html", known)


@allow(VERB)
@require_safe
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Show a comment with all that happened to it, and everything that can be done."""
    return _whole(request, _with_story(comment_id))


@allow(VERB)
@require_POST
def approve(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Publish a comment."""
    return _as_seen(request, comment_id, actions.approve, _("Komentar diterbitkan."))


@allow(VERB)
@require_POST
def keep(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Let a reported comment stand."""
    return _as_seen(
        request, comment_id, actions.keep, _("Laporan sudah dibaca; komentar tetap terbit.")
    )


@allow(VERB)
@require_POST
def hide(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Take a comment from readers."""
    return _as_seen(request, comment_id, actions.hide, _("Komentar disembunyikan dari pembaca."))


@allow(VERB)
@require_POST
def reject(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Refuse a comment with a reason."""
    form = Decide(request.POST)
    if not form.is_valid():
        return _whole(request, _with_story(comment_id), decide=form, status=400)
    told = form.cleaned_data
    return _done(
        request,
        _comment(comment_id),
        lambda shown, by: actions.reject(shown, seen=told["seen"], reason=told["reason"], by=by),
        _("Komentar ditolak."),
    )


@allow(VERB)
@require_POST
def edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Change the words of a comment."""
    form = Edit(request.POST)
    if not form.is_valid():
        return _whole(request, _with_story(comment_id), edit=form, status=400)
    told = form.cleaned_data
    return _done(
        request,
        _comment(comment_id),
        lambda shown, by: actions.edit(shown, text=told["text"], seen=told["seen"], by=by),
        _("Naskah komentar diubah. Naskah semula tersimpan."),
        stay=True,
    )


@allow(VERB)
@require_POST
def answer(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Answer a comment as the newsroom."""
    form = Answer(request.POST)
    if not form.is_valid():
        return _whole(request, _with_story(comment_id), answer=form, status=400)
    told = form.cleaned_data
    return _done(
        request,
        _comment(comment_id),
        lambda shown, by: _ignore(actions.answer(shown, text=told["text"], key=told["key"], by=by)),
        _("Jawaban redaksi terbit."),
        stay=True,
    )


@allow(VERB)
@require_POST
def erase(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Erase a person's name and words on their request."""
    return _done(
        request,
        _comment(comment_id),
        lambda shown, by: actions.erase(shown, by=by),
        _("Nama dan isi komentar dihapus, termasuk naskah semulanya."),
        stay=True,
    )


@allow(VERB)
@require_POST
def block(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Hear no more of a sender for now."""
    return _done(
        request,
        _comment(comment_id),
        lambda shown, by: _ignore(actions.block(shown, by=by)),
        _("Pengirim diblokir. Blokir ini berakhir dengan sendirinya."),
        stay=True,
    )


@allow(VERB)
@require_POST
def approve_several(request: HttpRequest) -> HttpResponse:
    """Publish the comments that were ticked."""
    told = request.POST.getlist("chosen")[:SHOWN_IN_BULK]
    keys = [key for each in told if (key := key_in(each.split(".")[0])) is not None]
    form = Several(list(Comment.objects.filter(pk__in=keys)), request.POST)
    if not form.is_valid():
        messages.warning(request, _("Centang dahulu komentar yang hendak diterbitkan."))
        return redirect("moderation:home")
    pairs = form.pairs()
    count = actions.approve_all(pairs, by=actor_of(request.user))
    messages.success(
        request,
        ngettext("%(count)d komentar diterbitkan.", "%(count)d komentar diterbitkan.", count)
        % {"count": count},
    )
    if count < len(told):
        messages.warning(
            request, _("Sebagian dilewati: sudah ditangani orang lain atau diubah pengirimnya.")
        )
    return redirect("moderation:home")


@allow(VERB)
@require_safe
def blocked(request: HttpRequest) -> HttpResponse:
    """List the words and senders of comments that wait or do not come in."""
    return _blocked(request, Word())


@allow(VERB)
@require_POST
def add_word(request: HttpRequest) -> HttpResponse:
    """Make comments with a word wait."""
    form = Word(request.POST)
    if not form.is_valid():
        return _blocked(request, form, status=400)
    try:
        actions.add_word(form.cleaned_data["word"], by=actor_of(request.user))
    except Refused as refused:
        form.add_error("word", str(refused.message))
        return _blocked(request, form, status=refused.status)
    messages.success(request, _("Kata ditambahkan."))
    return redirect("moderation:blocked")


@allow(VERB)
@require_POST
def remove_word(request: HttpRequest, word_id: int) -> HttpResponse:
    """Let comments with a word pass."""
    actions.remove_word(
        get_object_or_404(BlockedWord.objects, pk=word_id), by=actor_of(request.user)
    )
    messages.success(request, _("Kata dihapus dari daftar."))
    return redirect("moderation:blocked")


@allow(VERB)
@require_POST
def unblock(request: HttpRequest, sender_id: int) -> HttpResponse:
    """Hear a sender again."""
    actions.unblock(
        get_object_or_404(BlockedSender.objects, pk=sender_id), by=actor_of(request.user)
    )
    messages.success(request, _("Blokir dicabut."))
    return redirect("moderation:blocked")


def _with_story(comment_id: int) -> Comment:
    shown = queries.with_story(comment_id)
    if shown is None:
        raise Http404
    return shown


def _comment(comment_id: int) -> Comment:
    shown = queries.comment_with(comment_id)
    if shown is None:
        raise Http404
    return shown


def _as_seen(request: HttpRequest, comment_id: int, act: Act, words: str) -> HttpResponse:
    """Decide on a comment as it was read; who does not say how it was read decides nothing."""
    shown = _comment(comment_id)
    form = Seen(request.POST)
    if not form.is_valid():
        raise actions.CommentChanged
    seen = form.cleaned_data["seen"]
    return _done(request, shown, lambda it, by: act(it, seen=seen, by=by), words)


def _done(
    request: HttpRequest, shown: Comment, deed: Deed, words: str, *, stay: bool = False
) -> HttpResponse:
    """Do it and go back to the list; say so where somebody was faster."""
    try:
        deed(shown, actor_of(request.user))
    except Refused as refused:
        messages.warning(request, str(refused.message))
        return redirect("moderation:comment", shown.pk)
    messages.success(request, words)
    return redirect("moderation:comment", shown.pk) if stay else redirect("moderation:home")


def _ignore(_made: object) -> None:
    """Take what an action returns where only its doing counts."""


def _whole(
    request: HttpRequest, shown: Comment, *, status: int = 200, **forms_told: forms.Form
) -> HttpResponse:
    seen = {"seen": shown.revision}
    known = {
        "comment": shown,
        "verbs": sorted(verb.value for verb in verbs_from(State(shown.state))),
        "article_url": f"{article_path(shown.article)}#komentar-{shown.pk}",
        "decide": Decide(initial=seen, auto_id="decide_%s"),
        "edit": Edit(initial={**seen, "text": shown.text}, auto_id="edit_%s"),
        "answer": Answer(initial={"key": new_key()}, auto_id="answer_%s"),
        "may_block": bool(shown.sender) and not queries.is_blocked([shown.sender]),
        "is_blocked": bool(shown.sender) and queries.is_blocked([shown.sender]),
        "now": clock.now(),
        **forms_told,
    }
    return render(request, "newsroom/comments/moderate.html", known, status=status)


def _blocked(request: HttpRequest, form: Word, *, status: int = 200) -> HttpResponse:
    known = {
        "form": form,
        "words": BlockedWord.objects.order_by("word"),
        "senders": queries.blocked_senders(),
        "days": queries.FORGOTTEN_AFTER_DAYS,
    }
    return render(request, "newsroom/comments/blocked.html", known, status=status)
