"""The standard that is in force."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from gerai.directory.models import Requirement, Service, Standard


def published_standard(service: Service, day: date) -> Standard | None:
    """Return the newest version in force on a day, its requirements in order, if any."""
    in_force = Q(valid_from=None) | Q(valid_from__lte=day)
    return versions_of(service).filter(in_force).first()


def versions_of(service: Service) -> QuerySet[Standard]:
    """Return every version of a service's standard, newest first, with its requirements."""
    in_order = Requirement.objects.order_by("position")
    versions: QuerySet[Standard] = (
        Standard.objects.filter(service=service)
        .order_by("-version")
        .prefetch_related(Prefetch("requirements", queryset=in_order))
    )
    return versions
