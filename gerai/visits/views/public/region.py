"""Whether the region that came to learn can found a mall in this installation."""

from django.utils.translation import gettext as _

from gerai.founding.actions.workspace import (
    AlreadyFounded,
    RegionHasMall,
    UnknownRegion,
    check_region,
)
from gerai.visits.models import Visit


def obstacle_to_found(visit: Visit) -> str:
    """Say why the visit's region cannot found a mall; "" where it can, or has begun."""
    try:
        check_region(visit.relation.region_code)
    except AlreadyFounded:
        return ""
    except RegionHasMall as refused:
        return str(refused)
    except UnknownRegion:
        return _(
            "Ruang kerja pendirian dibuat untuk satu kabupaten atau kota. Kabupaten dan kota di "
            "daerah Anda dapat mengajukan kunjungan sendiri, lalu mulai mendirikan."
        )
    return ""
