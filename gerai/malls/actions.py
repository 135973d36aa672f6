"""Opening a mall of this installation, and its settings."""

from datetime import date

from gerai.malls.models import Mall, Stage, Zone
from gerai.transactions import inside_transaction


@inside_transaction
def open_mall(
    *,
    slug: str,
    name: str,
    region_code: str = "",
    zone: Zone = Zone.WIB,
    address: str = "",
    running_text: str = "",
    is_sample: bool = False,
    stage: Stage = Stage.OPERATING,
) -> Mall:
    """Make a mall. The caller puts it in scope and records the deed there."""
    return Mall.objects.create(
        slug=slug,
        name=name,
        region_code=region_code,
        zone=zone,
        address=address,
        running_text=running_text,
        is_sample=is_sample,
        stage=stage,
    )


@inside_transaction
def begin_operating(mall: Mall, *, on: date) -> bool:
    """Open a mall that was being founded. The caller records the deed.

    Return False if it was open already.
    """
    moved = Mall.objects.filter(pk=mall.pk, stage=Stage.FOUNDING).update(
        stage=Stage.OPERATING, opened_on=on
    )
    mall.refresh_from_db(fields=["stage", "opened_on"])
    return moved == 1


@inside_transaction
def note_opening(mall: Mall, *, on: date | None) -> None:
    """Say since when a mall is open. The caller records the deed."""
    Mall.objects.filter(pk=mall.pk).update(opened_on=on)


@inside_transaction
def observe_joint_leave(mall: Mall, *, closes: bool) -> None:
    """Say whether the mall is closed on joint leave. The caller records the deed."""
    Mall.objects.filter(pk=mall.pk).update(joint_leave_closes=closes)
    mall.joint_leave_closes = closes


@inside_transaction
def change_mall(
    mall: Mall,
    *,
    name: str,
    region_code: str,
    zone: Zone,
    host: str | None,
    address: str,
) -> None:
    """Give a mall other particulars; its slug stays. The caller records the deed."""
    Mall.objects.filter(pk=mall.pk).update(
        name=name, region_code=region_code, zone=zone, host=host or None, address=address
    )


@inside_transaction
def describe_mall(
    mall: Mall, *, name: str, address: str, running_text: str, joint_leave_closes: bool
) -> None:
    """Let a mall's own admin say what it is called and shows. The caller records the deed."""
    Mall.objects.filter(pk=mall.pk).update(
        name=name,
        address=address,
        running_text=running_text,
        joint_leave_closes=joint_leave_closes,
    )


@inside_transaction
def set_mall_active(mall: Mall, *, is_active: bool) -> None:
    """Let a mall answer on its host name, or no longer. The caller records the deed."""
    Mall.objects.filter(pk=mall.pk).update(is_active=is_active)
