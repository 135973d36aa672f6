"""Routes that a mall offers by name, and its rule of the place in the next line."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.queue.actions.routes import check
from gerai.queue.models import RouteRule, RouteTemplate, RouteTemplateStep
from gerai.queue.plan import Place
from gerai.queue.queries.routes import Wish, place_rule
from gerai.transactions import inside_transaction, one_transaction, refused_as


class RouteNameTaken(Refused):
    """Another route of the mall has this name."""

    message = _("Nama rute ini sudah dipakai. Pilih nama lain.")


class RouteGone(Refused):
    """The route is there no longer."""

    message = _("Rute ini sudah tidak ada. Muat ulang daftarnya.")


class RouteRuleChanged(Refused):
    """Somebody else published a version at the same moment."""

    message = _("Aturan rute baru saja diubah orang lain. Lihat versi terbaru, lalu coba lagi.")


@refused_as(RouteNameTaken)
@one_transaction
def make_route(name: str, wishes: Sequence[Wish], *, source: str, by: audit.Actor) -> RouteTemplate:
    """Offer several services as one need. source: where it is written that they are needed.

    :raises RouteNameTaken: another route has this name
    :raises BadRoute: fewer than two services, more than seven, or one twice
    """
    check(wishes)
    if RouteTemplate.objects.filter(name=name).exists():
        raise RouteNameTaken
    template: RouteTemplate = RouteTemplate.objects.create(
        mall=current_mall(), name=name, source=source
    )
    _write_steps(template, wishes)
    _tell("make_route", template, by=by, steps=len(wishes))
    return template


@refused_as(RouteNameTaken)
@one_transaction
def change_route(
    template: RouteTemplate, name: str, wishes: Sequence[Wish], *, source: str, by: audit.Actor
) -> None:
    """Give a route another name, source or services; visits under way keep their plan.

    :raises RouteNameTaken: another route has this name
    :raises BadRoute: fewer than two services, more than seven, or one twice
    :raises RouteGone: it is there no longer
    """
    check(wishes)
    if RouteTemplate.objects.filter(name=name).exclude(pk=template.pk).exists():
        raise RouteNameTaken
    if not RouteTemplate.objects.filter(pk=template.pk).update(name=name, source=source):
        raise RouteGone
    RouteTemplateStep.objects.filter(template=template).delete()
    _write_steps(template, wishes)
    _tell("change_route", template, by=by, steps=len(wishes))


@one_transaction
def set_route_active(template: RouteTemplate, *, is_active: bool, by: audit.Actor) -> None:
    """Offer a route, or no longer."""
    RouteTemplate.objects.filter(pk=template.pk).update(is_active=is_active)
    _tell("set_route_active", template, by=by, is_active=is_active)


@refused_as(RouteRuleChanged)
@one_transaction
def publish_place_rule(place: Place, *, most_passed: int, by: audit.Actor) -> RouteRule:
    """Put a new version of the rule of the place in the next line in force at once.

    most_passed: 1 to 50, how many from other lines may at most pass somebody who waits.

    :raises RouteRuleChanged: another version was published at the same moment
    """
    rule: RouteRule = RouteRule.objects.create(
        mall=current_mall(),
        version=place_rule().version + 1,
        since=clock.now(),
        place=place.value,
        most_passed=most_passed,
    )
    audit.record(
        "queue.route_rule",
        thing=f"route_rule:{rule.version}",
        by=by,
        place=place.value,
        most_passed=most_passed,
    )
    publish("queue.route", f"route_rule:{rule.version}")
    return rule


@inside_transaction
def _write_steps(template: RouteTemplate, wishes: Sequence[Wish]) -> None:
    RouteTemplateStep.objects.bulk_create(
        RouteTemplateStep(
            mall_id=template.mall_id,
            template=template,
            stage=wish.stage,
            service=wish.service,
            amount=wish.amount,
        )
        for wish in wishes
    )


def _tell(verb: str, template: RouteTemplate, *, by: audit.Actor, **detail: object) -> None:
    audit.record(f"queue.{verb}", thing=f"route:{template.pk}", by=by, **detail)
    publish("queue.route", f"route:{template.pk}")
