"""The secret key of an embedded installation: made once, kept beside its database."""

import secrets
from pathlib import Path

from environs import EnvError


def secret_key(folder: Path, *, may_make: bool) -> str:
    """Return the key kept in the data folder, made at the first start.

    :raises EnvError: a served installation must name its key itself
    """
    if not may_make:
        raise EnvError("GERAI_SECRET_KEY must be set for the served form.")
    file = folder / "secret.key"
    try:
        with file.open("x", encoding="ascii") as new:
            file.chmod(0o600)
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text(encoding="ascii")
