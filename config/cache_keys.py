"""How names in the cache become keys: people type parts of them."""

import hashlib


def cache_key(name: str, prefix: str, version: int) -> str:
    """Return a short plain key, whatever letters and however many the name holds."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}:{version}:{digest}"
