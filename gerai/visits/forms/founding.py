"""A delegation that founds its own mall: the workspace's form, its region known already."""

from gerai.founding.forms import NewFounding


class OwnMall(NewFounding):
    """Everything that a workspace needs, for the region that came to visit."""

    region_code = None  # type: ignore[assignment]  # Django's way to leave a field out
