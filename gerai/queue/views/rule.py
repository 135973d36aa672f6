"""The published order of calling: what it says, its versions, and writing a new one."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gerai.people import audit
from gerai.people.guard import allow
from gerai.queue.actions.rule import BadRule, RuleChanged, checked, publish_rule, read
from gerai.queue.forms.rule import SECTIONS, RuleEditor, whole_number
from gerai.queue.models import Rule
from gerai.queue.queries.rule import rule_before, rule_in_force, rule_of
from gerai.queue.queries.rule_words import changes_between, rule_sentences
from gerai.queue.rules import CallRule, Problem, dump


@allow("queue.watch")
@require_safe
def rule(request: HttpRequest) -> HttpResponse:
    """Show the rule in force and all earlier ones."""
    now = rule_in_force()
    known = {
        "rule": now,
        "sentences": rule_sentences(now),
        "versions": Rule.objects.order_by("-version"),
    }
    return render(request, "queue/supervisor/rule.html", known)


@allow("queue.watch")
@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a version says, and what it changed."""
    stored = Rule.objects.filter(version=number).first()
    if stored is None and number != CallRule().version:
        raise Http404
    own = CallRule() if stored is None else rule_of(stored)
    known = {
        "stored": stored,
        "version": number,
        "sentences": rule_sentences(own),
        "changes": changes_between(rule_before(number), own),
        "document": json.dumps(
            stored.document if stored else dump(own), indent=2, ensure_ascii=False
        ),
    }
    return render(request, "queue/supervisor/rule_version.html", known)


@allow("queue.rule")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Write a new version: rows are added and removed, it is checked, then published."""
    now = rule_in_force()
    if request.method != "POST":
        return _editor(request, RuleEditor(now), now)
    work, *where = request.POST.get("work", "check").split(".")
    if "draft" in request.POST:
        document = draft_document(request)
        return _written(request, RuleEditor(read(document)), document, work)
    editor = RuleEditor(now, request.POST)
    if where and where[0] in SECTIONS:
        _change_rows(editor, work, *where)
        return _editor(request, editor, now)
    if not editor.is_valid():
        return _editor(request, editor, now, status=400)
    return _written(request, editor, editor.document(), work)


def _change_rows(editor: RuleEditor, work: str, section: str, row: str = "") -> None:
    if work == "add":
        editor.add(section)
    elif work == "remove" and (number := whole_number(row)) is not None:
        editor.remove(section, number)
    else:
        editor.show_again()


def _written(
    request: HttpRequest, editor: RuleEditor, document: dict[str, object], work: str
) -> HttpResponse:
    """Publish what was written, or say what it would change; a refusal loses nothing typed."""
    try:
        if work == "publish":
            former = whole_number(request.POST.get("former", ""))
            return _published(request, document, former)
        draft = checked(document)
    except BadRule as bad:
        editor.take_problems(bad.problems)
        return _editor(request, editor, rule_in_force(), status=400)
    except RuleChanged as changed:
        now = rule_in_force()
        editor.problems.append(str(changed))
        return _editor(request, editor, now, former=now.version, status=changed.status)
    return _editor(request, editor, rule_in_force(), draft=draft)


def draft_document(request: HttpRequest) -> dict[str, object]:
    """Return the draft that a page sent along, as it is.

    :raises BadRule: it is no JSON object
    """
    try:
        document = json.loads(request.POST.get("draft", ""))
    except (ValueError, RecursionError) as bad:
        raise BadRule([Problem("", "not_object")]) from bad
    if not isinstance(document, dict):
        raise BadRule([Problem("", "not_object")])
    return document


def _published(
    request: HttpRequest, document: dict[str, object], former: int | None
) -> HttpResponse:
    published = publish_rule(document, by=audit.actor_of(request.user), former=former)
    done = _("Aturan versi %(version)s mulai berlaku.") % {"version": published.version}
    messages.success(request, done)
    return redirect("supervisor:rule")


def _editor(
    request: HttpRequest,
    editor: RuleEditor,
    now: CallRule,
    *,
    draft: CallRule | None = None,
    former: int | None = None,
    status: int = 200,
) -> HttpResponse:
    known = {
        "rule": now,
        "editor": editor,
        "former": former or request.POST.get("former", now.version),
        "draft": json.dumps(dump(draft)) if draft else "",
        "changes": changes_between(now, draft) if draft else None,
        "sentences": rule_sentences(draft) if draft else (),
    }
    return render(request, "queue/supervisor/rule_change.html", known, status=status)
