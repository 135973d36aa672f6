"""The few differences for tests."""

from config.settings import *  # noqa: F403
from config.settings import CACHES, EMBEDDED, SIGNALS_URL, env

TESTING = True
PRINTER_PORTS = range(1, 65_536)  # printers of tests get whatever port is free
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if not EMBEDDED:
    # Tests that run side by side must not empty one another's cache.
    side = int(env.str("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    CACHES["default"]["LOCATION"] = f"{SIGNALS_URL.rpartition('/')[0]}/{side}"
