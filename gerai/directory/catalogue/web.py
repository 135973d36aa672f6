"""Web addresses that a file names."""

from urllib.parse import urlsplit

from gerai.directory.catalogue.texts import Unfit, shown

ADDRESS_LIMIT = 300


def web_address(text: str, column: str) -> str:
    """Return an address that may become a link, empty where none is stated.

    :raises Unfit: no http(s) address, or longer than 300 characters
    """
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError:
        sound = False
    if not sound or len(text) > ADDRESS_LIMIT or any(mark.isspace() for mark in text):
        raise Unfit(
            f"Kolom “{column}” berisi “{shown(text)}”. "
            "Tuliskan alamat yang diawali http:// atau https://."
        )
    return text
