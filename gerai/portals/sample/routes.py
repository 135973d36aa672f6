"""The sample's routes. Invented: that one service needs the other's paper is each mall's to say."""

from gerai.directory.models import Service
from gerai.people import audit
from gerai.portals.sample.house import SAMPLE
from gerai.queue.actions.route_templates import make_route
from gerai.queue.models import RouteTemplate
from gerai.queue.queries.routes import Wish

# Name, and the services with stage and amount; equal stages are taken in any order.
ROUTES = (
    ("Contoh: izin usaha makanan (NIB, lalu SPP-IRT)", (("PTS-01", 1, 1), ("KES-01", 2, 1))),
    ("Contoh: SKCK, lalu surat tidak pernah dipidana", (("POL-01", 1, 1), ("PN-01", 2, 1))),
    (
        "Contoh: melamar kerja (kartu pencari kerja, SKCK, bebas narkotika)",
        (("NAK-01", 1, 1), ("POL-01", 1, 1), ("BNN-01", 1, 1)),
    ),
    (
        "Contoh: anak baru lahir (akta, lalu KK dan KIA)",
        (("DUK-08", 1, 1), ("DUK-05", 2, 1), ("DUK-10", 2, 2)),
    ),
)


def make_routes() -> bool:
    """Offer the routes, once, of which the mall has the services."""
    if RouteTemplate.objects.exists():
        return False
    services = {
        service.code: service
        for service in Service.objects.filter(
            is_active=True, line_service__line__is_active=True
        ).select_related("agency")
    }
    wanted = [
        (name, steps) for name, steps in ROUTES if {step[0] for step in steps} <= set(services)
    ]
    for name, steps in wanted:
        wishes = [Wish(services[code], stage, amount) for code, stage, amount in steps]
        make_route(name, wishes, source=SAMPLE, by=audit.SYSTEM)
    return bool(wanted)
