"""Which mall is meant, and which region it serves."""

from django.db.models import Q

from gerai.malls.models import Mall, Stage
from gerai.malls.regions import region_names


def open_malls() -> list[Mall]:
    """Return the active malls, by name."""
    return list(Mall.objects.filter(is_active=True).order_by("name"))


def all_malls() -> list[Mall]:
    """Return every mall of the installation, active ones first, by name."""
    return list(Mall.objects.order_by("-is_active", "name", "pk"))


def mall_of_host(host: str) -> Mall | None:
    """Return the mall of a host name, with or without port.

    The own name of a mall comes first, then the first label as its slug; where only one mall
    of the installation is open, that one answers on any host. Malls being founded do not
    count, so that a founding takes nobody's address away; a founding alone answers, too.
    """
    name = host.rsplit(":", 1)[0].strip("[]").lower() if "]" not in host[-1:] else host
    found = Mall.objects.filter(is_active=True).filter(Q(host=name) | Q(slug=name.split(".", 1)[0]))
    exact = sorted(found, key=lambda mall: mall.host != name)
    if exact:
        return exact[0]
    malls = Mall.objects.filter(is_active=True)
    open_ones = malls.filter(stage=Stage.OPERATING) or malls
    return open_ones[0] if len(open_ones) == 1 else None


def region_of(mall: Mall) -> str:
    """Return the name of the regency or province that a mall serves, if its code is known."""
    names = region_names()
    return names.get(mall.region_code) or names.get(mall.region_code.split(".", 1)[0], "")
