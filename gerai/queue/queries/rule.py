"""The mall's order of calling: in force and in its versions, and the house it must fit."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Subquery

from gerai.directory.models import Agency, Counter, CounterShare, Posting, Service
from gerai.queue.models import Line, LineService, Rule
from gerai.queue.rules import CallRule, House, parse


def rule_in_force() -> CallRule:
    """Return the mall's order of calling."""
    rule = Rule.objects.order_by("-version").first()
    return CallRule() if rule is None else rule_of(rule)


def rule_of(rule: Rule) -> CallRule:
    """Return what a stored version says."""
    return parse(rule.document, version=rule.version)


def rule_before(version: int) -> CallRule:
    """Return the version that was in force before a version; the usual rule before the first."""
    rule = Rule.objects.filter(version__lt=version).order_by("-version").first()
    return CallRule(version=0) if rule is None else rule_of(rule)


def entry_line(service: Service, *, group: str, language: str) -> Line | None:
    """Return the line that a visitor of a service enters now; None where the service has none.

    The rule's routes come first, then the line of the service. One query, one more where the
    rule has routes.
    """
    newest = Rule.objects.order_by("-version").values("document")[:1]
    usual: Line | None = (
        Line.objects.filter(lineservice__service=service, is_active=True)
        .annotate(said=Subquery(newest))
        .first()
    )
    said = getattr(usual, "said", None)
    if usual is None or not said or not said.get("routes"):
        return usual
    lines = {
        line.code: line for line in Line.objects.filter(agency=service.agency_id, is_active=True)
    }
    code = parse(said).line_for(service.code, group=group, language=language, lines=lines)
    return usual if code is None else lines[code]


def entry_lines(
    services: Sequence[Service], *, group: str, language: str
) -> dict[int, Line | None]:
    """Return service key → the line that `entry_line` names, in two queries.

    One more where the rule has routes.
    """
    usual = {
        place.service_id: place.line
        for place in LineService.objects.filter(
            service__in=services, line__is_active=True
        ).select_related("line")
    }
    found = {service.pk: usual.get(service.pk) for service in services}
    rule = rule_in_force()
    if not rule.routes:
        return found
    agencies = {service.agency_id for service in services}
    open_lines: dict[int, dict[str, Line]] = defaultdict(dict)
    for line in Line.objects.filter(agency__in=agencies, is_active=True):
        open_lines[line.agency_id][line.code] = line
    for service in services:
        lines = open_lines[service.agency_id]
        code = rule.line_for(service.code, group=group, language=language, lines=lines)
        if found[service.pk] is not None and code is not None:
            found[service.pk] = lines[code]
    return found


def house() -> House:
    """Return what a rule of the mall may name, in six queries."""
    agencies = dict(Agency.objects.values_list("pk", "code"))
    sits: dict[str, dict[str, set[int]]] = {
        code: defaultdict(set) for code in Counter.objects.values_list("code", flat=True)
    }
    shares = CounterShare.objects.filter(agency__is_active=True, counter__is_active=True)
    for counter, agency, weekday in shares.values_list("counter__code", "agency", "weekday"):
        sits[counter][agencies[agency]].add(weekday)
    officers: dict[str, set[str]] = defaultdict(set)
    for name, agency in Posting.objects.values_list("user__username", "agency"):
        officers[name].add(agencies[agency])
    services = list(
        Service.objects.order_by("name", "pk").values_list("code", "agency", "is_active")
    )
    lines = Line.objects.order_by("code").values_list("code", "agency")
    return House(
        lines={code: agencies[agency] for code, agency in lines},
        services={code: agencies[agency] for code, agency, _given in services},
        ended=frozenset(code for code, _agency, is_given in services if not is_given),
        sits={
            counter: {agency: frozenset(days) for agency, days in sitting.items()}
            for counter, sitting in sits.items()
        },
        officers={name: frozenset(theirs) for name, theirs in officers.items()},
    )
