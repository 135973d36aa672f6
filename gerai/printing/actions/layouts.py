"""The layout of the mall's slips: published in versions, never changed."""

from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.people import audit
from gerai.printing import queries
from gerai.printing.models import SlipLayout
from gerai.transactions import one_transaction, refused_as


class LayoutMoved(Refused):
    """Somebody published another version in the same moment."""

    message = _("Tata letak baru saja diubah orang lain. Muat ulang, lalu ubah lagi bila perlu.")


@refused_as(LayoutMoved)
@one_transaction
def publish_layout(told: dict[str, object], *, after: int, by: audit.Actor) -> SlipLayout:
    """Publish a new version of the layout.

    told: the fields of `SlipLayout`, of which those left out stay as they are; after: the
    version that the person saw, 0: none.

    :raises LayoutMoved: it is not the newest any more
    """
    layout = queries.layout_in_force()
    if layout.version != after:
        raise LayoutMoved
    for name, value in told.items():
        setattr(layout, name, value)
    layout.pk, layout.version, layout.since = None, after + 1, clock.now()
    layout.save(force_insert=True)
    audit.record(
        "printing.publish_layout", thing=f"layout:{layout.pk}", by=by, version=layout.version
    )
    publish("printing.layout")
    return layout
