"""Ed25519 keys and signatures, as text.

The library is loaded by whoever signs or checks: it is heavy, and of no use to most requests.
"""

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM = "Ed25519"


def new_key() -> str:
    """Return a fresh private key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - see above
        Ed25519PrivateKey,
    )

    return _text(Ed25519PrivateKey.generate().private_bytes_raw())


def public_key_of(private_key: str) -> str:
    """Return the public key that belongs to a private one."""
    return _text(_private(private_key).public_key().public_bytes_raw())


def sign(private_key: str, data: bytes) -> str:
    """Return the signature of some bytes."""
    return _text(_private(private_key).sign(data))


def is_signed(data: bytes, *, public_key: str, signature: str) -> bool:
    """Tell whether a signature is this key's over these bytes."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - see above
        Ed25519PublicKey,
    )

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), data)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def print_of(public_key: str) -> str:
    """Return the print of a public key, as two people read it to each other.

    >>> print_of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    '6668 7aad f862 bd77 6c8f c18b 8e9f 8e20'
    """
    digest = hashlib.sha256(base64.b64decode(public_key)).hexdigest()
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4))


def _private(key: str) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - see above
        Ed25519PrivateKey,
    )

    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(key))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
