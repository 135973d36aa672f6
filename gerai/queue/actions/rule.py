"""The published order of calling: a new version, never a change of an old one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.models import Rule
from gerai.queue.queries.rule import house, rule_in_force
from gerai.queue.queries.rule_words import problem_words
from gerai.queue.rules import BOUNDS, BadDocument, CallRule, Problem, dump, parse, problems_of
from gerai.transactions import inside_transaction, one_transaction, refused_as

# Of a document with hundreds of mistakes nobody reads more at once.
MOST_TOLD = 20


class BadRule(Refused):
    """The document is no rule, or none for this house; the message names what is wrong."""

    message = _("Aturan ini belum dapat dipakai. Periksa setiap isian, lalu coba lagi.")
    status = 400

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem_words(each) for each in problems[:MOST_TOLD]))
        self.problems = tuple(problems)


class RuleChanged(Refused):
    """Somebody else published a version at the same moment."""

    message = _("Aturan baru saja diubah orang lain. Lihat versi terbaru, lalu coba lagi.")


@refused_as(RuleChanged)
@one_transaction
def publish_rule(
    document: Mapping[str, object], *, by: audit.Actor, former: int | None = None
) -> Rule:
    """Put a new version of the mall's order of calling in force at once.

    document: as `gerai.queue.rules.parse` reads it; former: the version that it was written
    from, where that matters.

    :raises BadRule: it is no rule, names what is not there, or could leave somebody waiting
        for ever
    :raises RuleChanged: another version was published meanwhile
    """
    if former is not None and rule_in_force().version != former:
        raise RuleChanged
    return write_rule(document, by=by)


@inside_transaction
def write_rule(document: Mapping[str, object], *, by: audit.Actor) -> Rule:
    """Put a new version in force, as part of a larger change.

    :raises BadRule: as `publish_rule`
    """
    said = checked(document)
    rule = replace(said, version=rule_in_force().version + 1)
    stored: Rule = Rule.objects.create(
        mall=current_mall(), version=rule.version, since=clock.now(), document=dump(rule)
    )
    audit.record(
        "queue.rule",
        thing=f"rule:{rule.version}",
        by=by,
        **{name: getattr(rule, name) for name in BOUNDS},
        routes=len(rule.routes),
        plans=len(rule.plans),
        skills=len(rule.skills),
        limits=len(rule.limits),
    )
    publish("queue.rule", f"rule:{rule.version}")
    return stored


def checked(document: Mapping[str, object]) -> CallRule:
    """Return the rule that a document says, if it may be put in force in this mall.

    :raises BadRule: it may not
    """
    rule = read(document)
    if problems := problems_of(rule, house()):
        raise BadRule(problems)
    return rule


def read(document: Mapping[str, object]) -> CallRule:
    """Return the rule that a document says, whether or not it fits this mall.

    :raises BadRule: it says none
    """
    try:
        return parse(document)
    except BadDocument as bad:
        raise BadRule(bad.problems) from bad
