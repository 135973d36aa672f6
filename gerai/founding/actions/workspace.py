"""Beginning the workspace of a region, and saying what it is about."""

import re
from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.founding.models import (
    DaysKind,
    Founding,
    LegalSetting,
    Risk,
    StaffRole,
    Step,
    StepNeed,
)
from gerai.founding.queries.facts import mall_founded_for
from gerai.founding.queries.schedule import schedule
from gerai.founding.stages import LEGAL_LINES, RISKS, STAFF_ROLES, STEPS
from gerai.live.publish import publish
from gerai.malls import actions as malls
from gerai.malls.models import Mall, Stage, Zone
from gerai.malls.regions import region_names
from gerai.malls.scope import current_mall, in_mall
from gerai.people import actions as people
from gerai.people import audit
from gerai.people.models import User
from gerai.people.roles import Role
from gerai.transactions import inside_transaction, one_transaction

SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
REGENCY = re.compile(r"\d\d\.\d\d")


class AlreadyFounded(Refused):
    """The region has a workspace; the message tells where."""

    message = _("Wilayah ini sudah punya ruang kerja pendirian di instalasi ini.")


class RegionHasMall(Refused):
    """The region has a mall that is open; the message tells which."""


class UnknownRegion(Refused):
    """No regency or city has this code."""

    message = _("Kode wilayah ini tidak ada. Pilih kabupaten atau kota dari daftar.")
    status = 400


class BadSlug(Refused):
    """The slug is no part of an address."""

    message = _("Nama alamat hanya boleh huruf kecil, angka, dan garis, misalnya: luwutimur.")
    status = 400


class BegunAlready(Refused):
    """This mall has its workspace."""

    message = _("Ruang kerja pendirian mal ini sudah ada. Muat ulang halamannya.")


class NotBegun(Refused):
    """This mall has no workspace."""

    message = _("Mal ini belum punya ruang kerja pendirian.")
    status = 404


def found(
    *,
    slug: str,
    name: str,
    region_code: str,
    zone: Zone,
    leader: str,
    username: str,
    password: str,
    by: audit.Actor,
    admin_name: str = "",
    visit_reference: str = "",
    began_on: date | None = None,
    target_on: date | None = None,
    model_name: str = "",
    address: str = "",
) -> Mall:
    """Begin the workspace of a region: a mall being founded, its admin, steps from the template.

    A region has one in the installation. Not one transaction: opening a mall is one, and so is
    making an account. Whoever is second at the very same moment has the mall taken down again.

    :raises AlreadyFounded: the region has a workspace; the message tells where
    :raises RegionHasMall: the region has an open mall
    :raises UnknownRegion, BadSlug, WeakPassword, NameTaken, AddressTaken: what was typed
    """
    check_region(region_code)
    if not SLUG.fullmatch(slug):
        raise BadSlug
    people.check_password(password, username=username)
    if User.objects.filter(username=username).exists():
        raise people.NameTaken
    mall = people.open_mall(
        slug=slug,
        name=name,
        region_code=region_code,
        zone=zone,
        host="",
        address=address,
        by=by,
        stage=Stage.FOUNDING,
    )
    with in_mall(mall):
        try:
            begin(
                leader=leader,
                began_on=began_on or clock.local_day(clock.now(), mall.zone),
                target_on=target_on,
                model_name=model_name,
                visit_reference=visit_reference,
                by=by,
            )
            people.add_user(
                username=username,
                name=admin_name or leader or username,
                password=password,
                role=Role.MALL_ADMIN,
                by=by,
            )
        except BaseException:
            # Whatever it was: a mall without its admin helps nobody and holds the region.
            _take_down(mall, by=by)
            raise
    return mall


def check_region(region_code: str) -> None:
    """Accept a region that has neither a workspace nor a mall.

    :raises AlreadyFounded, RegionHasMall, UnknownRegion: it has, or there is none
    """
    if not REGENCY.fullmatch(region_code) or region_code not in region_names():
        raise UnknownRegion
    _check_not_founded(region_code)
    mall = Mall.objects.filter(region_code=region_code, is_active=True).order_by("pk").first()
    if mall is not None:
        raise RegionHasMall(
            _("Wilayah ini sudah punya mal di instalasi ini: %(name)s, nama alamat %(slug)s.")
            % {"name": mall.name, "slug": mall.slug},
            slug=mall.slug,
        )


def _check_not_founded(region_code: str) -> None:
    # Of all malls: the rule holds for the whole installation.
    standing = mall_founded_for(region_code)
    if standing is not None:
        raise AlreadyFounded(
            _(
                "Wilayah ini sudah punya ruang kerja pendirian: %(name)s, nama alamat %(slug)s. "
                "Masuk di alamat itu, atau minta admin platform memberi Anda peran di sana."
            )
            % {"name": standing.name, "slug": standing.slug},
            slug=standing.slug,
        )


def begin(
    *,
    leader: str,
    began_on: date,
    by: audit.Actor,
    target_on: date | None = None,
    days_kind: str = DaysKind.CALENDAR,
    model_name: str = "",
    visit_reference: str = "",
) -> Founding:
    """Begin the workspace of the mall in scope: steps, risks, roles and legal lines to fill in.

    :raises BegunAlready: it has one
    :raises AlreadyFounded: another mall founds for its region
    """
    try:
        return _begin(
            leader=leader,
            began_on=began_on,
            target_on=target_on,
            days_kind=days_kind,
            model_name=model_name,
            visit_reference=visit_reference,
            by=by,
        )
    except IntegrityError as refused:
        if Founding.objects.exists():
            raise BegunAlready from refused
        _check_not_founded(current_mall().region_code)
        raise AlreadyFounded from refused


@one_transaction
def _begin(
    *,
    leader: str,
    began_on: date,
    target_on: date | None,
    days_kind: str,
    model_name: str,
    visit_reference: str,
    by: audit.Actor,
) -> Founding:
    mall = current_mall()
    if Founding.objects.exists():
        raise BegunAlready
    # A workspace whose mall was closed holds its region no longer. Of all malls, as the rule.
    Founding.objects.everywhere().filter(
        region_code=mall.region_code, mall__is_active=False
    ).update(region_code="")
    founding: Founding = Founding.objects.create(
        mall=mall,
        region_code=mall.region_code,
        leader=leader,
        began_on=began_on,
        target_on=target_on,
        days_kind=days_kind,
        model_name=model_name,
        visit_reference=visit_reference,
    )
    _lay_out(mall, founding)
    audit.record("founding.begin", thing=f"founding:{founding.pk}", by=by)
    publish("founding.begin", founding.pk)
    return founding


def _lay_out(mall: Mall, founding: Founding) -> None:
    """Write the template's lines as the workspace's own."""
    steps = {
        each.key: Step.objects.create(
            mall=mall,
            stage=each.stage,
            position=place,
            key=each.key,
            name=each.name,
            why=each.why,
            who=each.who,
            usual_days=each.days,
            evidence_wanted=each.evidence,
            document=each.document or "",
            source=each.source,
            mark=each.mark,
        )
        for place, each in enumerate(STEPS, start=1)
    }
    StepNeed.objects.bulk_create(
        StepNeed(mall=mall, step=steps[each.key], needs=steps[need])
        for each in STEPS
        for need in each.needs
    )
    for row in schedule(founding).rows:
        Step.objects.filter(pk=row.step.pk).update(due_on=row.ends)
    LegalSetting.objects.bulk_create(
        LegalSetting(
            mall=mall,
            key=line.key,
            topic=line.topic,
            text=line.text,
            source=line.source,
            mark=line.mark,
        )
        for line in LEGAL_LINES
    )
    Risk.objects.bulk_create(Risk(mall=mall, **vars(risk)) for risk in RISKS)
    StaffRole.objects.bulk_create(
        StaffRole(mall=mall, name=name, needed=needed) for name, needed in STAFF_ROLES
    )


@one_transaction
def describe(
    *,
    leader: str,
    began_on: date,
    target_on: date | None,
    days_kind: str,
    model_name: str,
    by: audit.Actor,
) -> None:
    """Say whose founding this is, since when, until when, and which days count.

    :raises NotBegun: there is no workspace
    """
    founding = Founding.objects.first()
    if founding is None:
        raise NotBegun
    Founding.objects.filter(pk=founding.pk).update(
        leader=leader,
        began_on=began_on,
        target_on=target_on,
        days_kind=days_kind,
        model_name=model_name,
    )
    audit.record("founding.describe", thing=f"founding:{founding.pk}", by=by)
    publish("founding.describe", founding.pk)


@inside_transaction
def wait_for_turn() -> Founding:
    """Let one at a time change the steps and write documents; return the workspace.

    :raises NotBegun: there is none
    """
    founding: Founding | None = Founding.objects.select_for_update().first()
    if founding is None:
        raise NotBegun
    return founding


@one_transaction
def _take_down(mall: Mall, *, by: audit.Actor) -> None:
    malls.set_mall_active(mall, is_active=False)
    Founding.objects.update(region_code="")
    audit.record("malls.set_active", thing=f"mall:{mall.pk}", by=by, is_active=False)
