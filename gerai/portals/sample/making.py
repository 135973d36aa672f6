"""Making a sample mall step by step; a step that is done already changes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.resources import files

from gerai import clock
from gerai.directory.actions import building, calendar, catalogue, places
from gerai.directory.catalogue.entries import Catalogue
from gerai.directory.catalogue.reading import read_catalogue
from gerai.directory.catalogue.texts import same_code
from gerai.directory.hours import DayHours
from gerai.directory.models import (
    Agency,
    BreakTime,
    Counter,
    DeviceKind,
    Posting,
    Service,
    SpecialDay,
    SpecialDayKind,
    WeeklyHours,
    Zone,
)
from gerai.directory.queries.calendar import national_days_between
from gerai.errors import Refused
from gerai.insights.actions import choose_models, share_measures
from gerai.insights.models import Model, Sharing
from gerai.malls import actions as malls
from gerai.malls.models import Mall, Stage
from gerai.malls.models import Zone as TimeZone
from gerai.malls.regions import region_names
from gerai.malls.scope import current_mall, in_mall
from gerai.people import actions as people
from gerai.people import audit
from gerai.people.models import Membership, User
from gerai.portals.sample.calling import make_rules
from gerai.portals.sample.counter_plan import make_counter_plan
from gerai.portals.sample.founding import fill_founding
from gerai.portals.sample.house import (
    make_agreements,
    make_facilities,
    make_gathering_place,
    make_guides,
)
from gerai.portals.sample.limits import make_limits
from gerai.portals.sample.newsroom.making import make_history, make_newsroom
from gerai.portals.sample.plan import BARRU, PASSWORD, PLATFORM, Person, SampleMall
from gerai.portals.sample.printers import make_printer
from gerai.portals.sample.routes import make_routes
from gerai.portals.sample.screens import make_screens
from gerai.portals.sample.showcase import fill_past, fill_showcase
from gerai.portals.sample.timetable import ALWAYS, ALWAYS_WEEK, OFFICE_WEEK, OWN_WEEKS
from gerai.portals.sample.visits import fill_visits
from gerai.portals.sample.visits_day import fill_visits_day
from gerai.queue.actions import lines
from gerai.queue.models import Line
from gerai.transactions import one_transaction
from gerai.website import actions as website

BY = audit.SYSTEM
KEPT_OPEN = "Jam contoh, tetap buka: "
NAME_LIMIT = 120


class NotASample(Refused):
    """A real mall has the name of the sample."""

    message = "Sudah ada mal sungguhan dengan nama pendek ini. Contoh tidak dibuat."


class UserNotSample(Refused):
    """A user name of the sample belongs to somebody real."""

    message = "Nama pengguna contoh sudah dipakai orang lain. Contoh tidak dilengkapi."


def make(sample: SampleMall, *, hours: str | None, has_past: bool = False) -> list[str]:
    """Make a sample mall, or what is missing of it; return the steps that changed anything.

    has_past: half a year of numbers before today, for pictures and measures to show.
    hours: "always" or "office"; None leaves those of a standing sample, a new one is always
    open. Each step is a transaction of its own: interrupted, it goes on where it stopped.

    :raises NotASample: a mall of this slug is no sample
    :raises UserNotSample: somebody outside the sample has one of its user names
    """
    standing = Mall.objects.filter(slug=sample.slug).first()
    if standing is not None and not standing.is_sample:
        raise NotASample
    _check_user_names(sample, standing)
    mall = standing or _open_mall(sample)
    with in_mall(mall):
        steps = _founding_steps(sample) if sample.is_founding else _steps(sample, hours)
        if has_past and not sample.is_founding:
            # Before the measures are shared, which look back.
            measures = steps.pop("ukuran")
            steps |= {"setengah tahun yang lalu": partial(fill_past, mall), "ukuran": measures}
        changed = [name for name, step in steps.items() if step()]
    return changed if standing else ["mal", *changed]


def _steps(sample: SampleMall, hours: str | None) -> dict[str, Callable[[], bool]]:
    wanted = hours or (ALWAYS if not WeeklyHours.objects.exists() else None)
    return {
        "katalog": partial(_catalogue, sample),
        "gedung": partial(building.build, sample.floors, by=BY),
        "loket": partial(_seats, sample),
        "antrean": partial(_lines, sample),
        "rute": make_routes,
        "jam layanan": partial(_hours, wanted),
        "pengguna": partial(_people, sample),
        "perangkat": _devices,
        "layar": make_screens,
        "pencetak": make_printer,
        "aturan panggilan": make_rules,
        "situs": partial(website.open_site, by=BY),
        "perjanjian": make_agreements,
        "fasilitas": make_facilities,
        "titik kumpul": make_gathering_place,
        "pedoman": make_guides,
        "sejarah": make_history,
        "berita": make_newsroom,
        "kunjungan": partial(fill_visits, current_mall(), BY),
        "kunjungan yang lalu": partial(fill_visits_day, current_mall(), BY),
        "paparan": partial(fill_showcase, current_mall(), BY),
        "rencana loket": make_counter_plan,
        "batas alarm": make_limits,
        "ukuran": _shared_measures,
    }


def _founding_steps(sample: SampleMall) -> dict[str, Callable[[], bool]]:
    return {
        "pengguna": partial(_people, sample),
        "situs": partial(website.open_site, by=BY),
        "pendirian": partial(fill_founding, current_mall(), BY),
        "teladan": _model_to_learn_from,
    }


def _shared_measures() -> bool:
    if Sharing.objects.exists():
        return False
    share_measures(shares=True, by=BY)
    return True


def _model_to_learn_from() -> bool:
    """Let the sample that is being founded look at the sample that is open."""
    barru = Mall.objects.filter(slug=BARRU.slug, is_sample=True).first()
    if barru is None or Model.objects.exists():
        return False
    choose_models([f"mal:{barru.slug}"], by=BY)
    return True


def _check_user_names(sample: SampleMall, standing: Mall | None) -> None:
    names = [person.username for person in sample.people]
    users = User.objects.filter(username__in=names)
    if standing is not None:
        with in_mall(standing):
            users = users.exclude(pk__in=Membership.objects.values("user"))
    taken = sorted(users.values_list("username", flat=True))
    if taken:
        raise UserNotSample(f"{UserNotSample.message} ({', '.join(taken)})")


@one_transaction
def _open_mall(sample: SampleMall) -> Mall:
    region = region_names()[sample.region_code]
    mall = malls.open_mall(
        slug=sample.slug,
        name=sample.name,
        region_code=sample.region_code,
        zone=TimeZone.WITA,
        address=f"{region} (alamat contoh)",
        running_text=(
            "Ini mal contoh untuk mencoba Gerai. Jam, loket, dan petugasnya rekaan, "
            f"bukan milik {region}."
        ),
        is_sample=True,
        stage=Stage.FOUNDING if sample.is_founding else Stage.OPERATING,
    )
    if sample.opened_on is not None:
        malls.note_opening(mall, on=sample.opened_on)
    with in_mall(mall):
        audit.record("malls.open", thing=f"mall:{mall.pk}", by=BY)
    return mall


def _catalogue(sample: SampleMall) -> bool:
    """Take the shipped catalogue once; what somebody changes afterwards stays."""
    if Service.objects.exists():
        return False
    content = files("gerai.directory.sample").joinpath("catalogue.yaml").read_bytes()
    wanted = _only(read_catalogue(content), {same_code(tenant.code) for tenant in sample.tenants})
    return catalogue.import_catalogue(wanted, by=BY).taken > 0


def _only(found: Catalogue, codes: set[str]) -> Catalogue:
    return replace(
        found,
        agencies=[agency for agency in found.agencies if same_code(agency.code) in codes],
        services=[service for service in found.services if same_code(service.agency) in codes],
    )


def _seats(sample: SampleMall) -> bool:
    """Seat the agencies at the counters where nobody sits."""
    agencies = _agencies()
    drawn = {seat.counter for seat in sample.seats}
    empty = list(Counter.objects.filter(shares=None, code__in=drawn).order_by("position"))
    for counter in empty:
        seats = {
            agencies[seat.agency]: seat.weekdays
            for seat in sample.seats
            if seat.counter == counter.code
        }
        places.seat(counter, seats, by=BY)
    return bool(empty)


def _lines(sample: SampleMall) -> bool:
    agencies = _agencies()
    having = set(Line.objects.values_list("agency_id", flat=True))
    missing = [tenant for tenant in sample.tenants if agencies[tenant.code].pk not in having]
    for tenant in missing:
        agency = agencies[tenant.code]
        lines.open_line(
            agency,
            code=tenant.letters,
            name=agency.name,
            services=agency.services.filter(is_active=True).order_by("code"),
            usual_minutes=tenant.minutes,
            by=BY,
        )
    return bool(missing)


def _hours(wanted: str | None) -> bool:
    """Give the mall the hours wanted; an always open one also its holidays of two years."""
    mall = current_mall()
    if wanted is None:
        wanted = ALWAYS if _stored_week(None) == ALWAYS_WEEK else None
    if wanted is None:
        return False
    is_always = wanted == ALWAYS
    changed = _set_week(None, ALWAYS_WEEK if is_always else OFFICE_WEEK)
    for code, week in OWN_WEEKS.items():
        agency = Agency.objects.filter(code=code).first()
        if agency is not None:
            changed |= _set_week(agency, None if is_always else week)
    if mall.joint_leave_closes is is_always:
        _observe_joint_leave(mall, closes=not is_always)
        changed = True
    return (_keep_holidays_open() if is_always else _close_holidays_again()) or changed


def _set_week(agency: Agency | None, week: Mapping[int, DayHours] | None) -> bool:
    if _stored_week(agency) == (week or {}):
        return False
    if agency is not None and week is None:
        calendar.follow_the_mall(agency, by=BY)
    else:
        calendar.set_week(agency, week or {}, by=BY)
    return True


def _stored_week(agency: Agency | None) -> dict[int, DayHours]:
    breaks: dict[int, list[BreakTime]] = {}
    for pause in BreakTime.objects.filter(agency=agency).order_by("starts"):
        breaks.setdefault(pause.weekday, []).append(pause)
    return {
        hours.weekday: DayHours(
            hours.opens,
            hours.closes,
            hours.last_ticket,
            tuple((pause.starts, pause.ends) for pause in breaks.get(hours.weekday, [])),
        )
        for hours in WeeklyHours.objects.filter(agency=agency)
    }


@one_transaction
def _observe_joint_leave(mall: Mall, *, closes: bool) -> None:
    malls.observe_joint_leave(mall, closes=closes)
    audit.record("malls.observe_joint_leave", thing=f"mall:{mall.pk}", by=BY, closes=closes)


def _keep_holidays_open() -> bool:
    """Open the holidays of this and the next year, where the operator said nothing else."""
    year = clock.local_day(clock.now(), current_mall().zone).year
    said = set(SpecialDay.objects.filter(agency=None).values_list("on", flat=True))
    days = national_days_between(date(year, 1, 1), date(year + 1, 12, 31))
    missing = [day for on, day in sorted(days.items()) if on not in said]
    for day in missing:
        calendar.add_special_day(
            on=day.on,
            kind=SpecialDayKind.OPEN,
            name=f"{KEPT_OPEN}{day.name}"[:NAME_LIMIT],
            by=BY,
        )
    return bool(missing)


def _close_holidays_again() -> bool:
    days = list(SpecialDay.objects.filter(agency=None, name__startswith=KEPT_OPEN))
    for day in days:
        calendar.remove_special_day(day, by=BY)
    return bool(days)


def _people(sample: SampleMall) -> bool:
    agencies = _agencies()
    changed = False
    for person in sample.people:
        user = User.objects.filter(username=person.username).first()
        if user is None:
            user = _add(person)
            changed = True
        for code in person.posts:
            agency = agencies[code]
            if not Posting.objects.filter(user=user, agency=agency).exists():
                places.post(user, agency, by=BY)
                changed = True
    if may_have_platform_user() and not User.objects.filter(username=PLATFORM.username).exists():
        _add(PLATFORM)
        changed = True
    return changed


def _add(person: Person) -> User:
    return people.add_user(
        username=person.username,
        name=person.name,
        password=PASSWORD,
        role=person.role,
        is_platform_admin=person is PLATFORM,
        by=BY,
    )


def may_have_platform_user() -> bool:
    """Tell whether a platform user with a known password may exist: beside samples only."""
    return not Mall.objects.filter(is_sample=False).exists()


def _devices() -> bool:
    made = [
        building.set_up_sample_device(DeviceKind.KIOSK, name="Kios contoh", by=BY),
        building.set_up_sample_device(DeviceKind.SCREEN, name="Layar seluruh mal", by=BY),
    ]
    made += [
        building.set_up_sample_device(
            DeviceKind.SCREEN, name=f"Layar {zone.name}", zone=zone, by=BY
        )
        for zone in Zone.objects.order_by("code")
    ]
    return any(made)


def _agencies() -> dict[str, Agency]:
    return {agency.code: agency for agency in Agency.objects.all()}
