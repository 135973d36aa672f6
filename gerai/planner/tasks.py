"""Playing days apart from the pages: those of a plan, the rest of today."""

from django_tasks import task

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.planner import actions
from gerai.planner.models import Plan


@task()
def play(mall_id: int, plan_id: int) -> bool:
    """Play a plan's days; tell whether it was done now, as it may be gone or done already."""
    with in_mall(Mall.objects.get(pk=mall_id)):
        plan = Plan.objects.filter(pk=plan_id).first()
        return plan is not None and actions.play(plan)


@task()
def advise(mall_id: int) -> bool:
    """Work out what one more counter would save now; tell whether anybody still asked."""
    with in_mall(Mall.objects.get(pk=mall_id)):
        return actions.advise()
