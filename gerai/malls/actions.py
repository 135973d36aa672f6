"""Opening a mall of this installation."""

from gerai.malls.models import Mall, Zone
from gerai.transactions import inside_transaction


@inside_transaction
def open_mall(
    *,
    slug: str,
    name: str,
    region_code: str = "",
    zone: Zone = Zone.WIB,
    joint_leave_closes: bool = True,
    is_sample: bool = False,
) -> Mall:
    """Make a mall. The caller puts it in scope and records the deed there."""
    return Mall.objects.create(
        slug=slug,
        name=name,
        region_code=region_code,
        zone=zone,
        joint_leave_closes=joint_leave_closes,
        is_sample=is_sample,
    )
