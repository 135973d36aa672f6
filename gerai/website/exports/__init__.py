"""Services and agencies for machines: rows in, plain dicts and graphs out, no pages.

The exports speak Indonesian whatever language a reader chose: their text is marked `id`.
"""

import re

from gerai.directory.models import Agency, Service

_NOT_IN_AN_ADDRESS = re.compile(r"[^a-z0-9]+")


def slug_of(code: str) -> str:
    """Return a code as its address writes it: small letters, digits and single hyphens.

    >>> slug_of("DUK-01"), slug_of(" 449.11 ")
    ('duk-01', '449-11')
    """
    return _NOT_IN_AN_ADDRESS.sub("-", code.lower()).strip("-")


def mall_url(base_url: str) -> str:
    """Return the address of the mall's first page."""
    return f"{base_url.rstrip('/')}/"


def service_url(service: Service, base_url: str) -> str:
    """Return the address of a service's public page."""
    return f"{mall_url(base_url)}layanan/{slug_of(service.code)}/"


def agency_url(agency: Agency, base_url: str) -> str:
    """Return the address of an agency's public page."""
    return f"{mall_url(base_url)}instansi/{slug_of(agency.code)}/"
