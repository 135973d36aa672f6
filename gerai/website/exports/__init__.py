"""Services and agencies for machines: rows in, plain dicts and graphs out, no pages.

The exports speak Indonesian whatever language a reader chose: their text is marked `id`.
"""

from gerai.directory.catalogue.texts import slug_of
from gerai.directory.models import Agency, Service

__all__ = ["agency_url", "mall_url", "service_url", "slug_of"]


def mall_url(base_url: str) -> str:
    """Return the address of the mall's first page."""
    return f"{base_url.rstrip('/')}/"


def service_url(service: Service, base_url: str) -> str:
    """Return the address of a service's public page."""
    return f"{mall_url(base_url)}layanan/{slug_of(service.code)}/"


def agency_url(agency: Agency, base_url: str) -> str:
    """Return the address of an agency's public page."""
    return f"{mall_url(base_url)}instansi/{slug_of(agency.code)}/"
