"""Who sits at a desk: session, account, role and counter, looked at as its page does."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from gerai import clock
from gerai.directory import queries as directory
from gerai.directory.models import Closing, Emergency
from gerai.directory.states import ClosingState
from gerai.malls.models import Mall
from gerai.people.audit import Actor
from gerai.people.models import User
from gerai.people.queries import role_in
from gerai.people.roles import verbs_of
from gerai.queue.actions.presses import Seat
from gerai.queue.models import Line
from gerai.queue.queries.desks import desk_of
from gerai.queue.queries.rule import rule_in_force

VERB = "queue.serve"


def seat_of(
    session_key: str, mall: Mall, now: datetime, *, since: datetime, deeds: int
) -> Seat | None:
    """Return who presses and where; None for whatever only their page may judge.

    since, deeds: how many the office of the mall in scope had done, counted before.
    """
    session = Session.objects.filter(session_key=session_key, expire_date__gt=now).first()
    officer = _signed_in(session) if session is not None else None
    role = role_in(officer, mall) if officer is not None else None
    if session is None or officer is None or role is None or VERB not in verbs_of(role):
        return None
    desk = desk_of(officer)
    if desk is None or desk.paused_at is not None or _is_odd(now):
        return None
    rule = rule_in_force()
    if rule.skills:
        return None
    day = clock.local_day(now, mall.zone)
    agencies = directory.sitting_at(desk.counter_id, day)
    return Seat(
        mall_id=mall.pk,
        since=since,
        deeds=deeds,
        session_key=session_key,
        session_data=session.session_data,
        user_id=officer.pk,
        username=officer.username,
        password=officer.password,
        by_name=Actor.person(officer).name,
        role=role.value,
        desk_id=desk.pk,
        counter_id=desk.counter_id,
        counter_code=desk.counter.code,
        zone_id=desk.counter.zone_id,
        day=day,
        lines=dict(Line.objects.filter(agency__in=agencies).values_list("pk", "code")),
        rule=rule,
    )


def end_of(seat: Seat, mall: Mall) -> datetime:
    """Return when the day ends for which a seat was looked at."""
    return clock.at(seat.day + timedelta(days=1), 0, 0, mall.zone)


def _signed_in(session: Session) -> User | None:
    """Return whose session it is, as Django's own middleware decides."""
    told = SessionStore().decode(session.session_data)
    if told.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    found: User | None = User.objects.filter(pk=told[SESSION_KEY], is_active=True).first()
    if found is None:
        return None
    is_theirs = constant_time_compare(told.get(HASH_SESSION_KEY, ""), found.get_session_auth_hash())
    return found if is_theirs else None


def _is_odd(now: datetime) -> bool:
    """Tell whether something is closed or stands still in the mall in scope, or soon will."""
    closes = Closing.objects.filter(state=ClosingState.APPROVED, ends_at__gt=now)
    return closes.exists() or Emergency.objects.filter(ended_at=None).exists()
