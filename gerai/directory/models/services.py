"""Services that an agency gives in the mall."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gerai.directory.models.agencies import Agency
from gerai.malls.scope import MallManager, MallRow


class Service(MallRow):
    """One service (layanan) of an agency; what it promises stands in its standards."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=240)
    is_active = models.BooleanField(default=True)

    objects = MallManager()

    class Meta:
        verbose_name = _("layanan")
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="service_code")]

    def __str__(self) -> str:
        return self.name
