"""A sample mall's printer: none of metal, what it prints stands in a file."""

from gerai.people import audit
from gerai.printing import queries
from gerai.printing.actions import printers
from gerai.printing.rules import PAPERS, Connection


def make_printer() -> bool:
    """Add a printer that writes into a file, where there is none; tell whether."""
    if queries.printers():
        return False
    told = printers.Settings(
        name="Pencetak contoh (ke berkas)",
        device=None,
        connection=Connection.FILE,
        host="",
        port=9100,
        usb_vendor="",
        usb_product="",
        path="contoh.bin",
        paper=PAPERS[-1],
        profile="default",
        answers=False,
        is_active=True,
    )
    printers.add(told, by=audit.SYSTEM)
    return True
