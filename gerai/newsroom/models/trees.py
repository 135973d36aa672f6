"""What every page of a mall has in common."""

from typing import Any, ClassVar


class OnItsMall:
    """A page whose address is on the host that was called, and that is open to everybody."""

    private_page_options: ClassVar[list[str]] = []

    def get_url_parts(self, request: Any = None) -> Any:
        """Return the site, the root and the path; the root is the host that was called.

        The page tree knows a host name of each site, but neither its port nor its scheme.
        """
        parts = super().get_url_parts(request)  # type: ignore[misc]
        if request is None or not parts or parts[0] is None:
            return parts
        site, _root, path = parts
        return site, f"{request.scheme}://{request.get_host()}", path
