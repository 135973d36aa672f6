"""What the public types into the website. Nothing of it may ever fail: it is read as it can be."""

from django import forms

LONGEST_WORDS = 120
LAST_PAGE = 999

# As the address says it → as the search room calls it.
KINDS = {"layanan": "service", "instansi": "agency", "berita": "news", "halaman": "page"}


class _Words(forms.CharField):
    """A few words; what is beyond the longest is cut off, not refused."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: object) -> str:
        """Return the words without what no letter is, on one line."""
        told = "".join(each if each.isprintable() else " " for each in str(value or ""))
        return " ".join(told[:LONGEST_WORDS].split())


class Search(forms.Form):
    """Words to look for in the whole site, a kind, and the page of the list."""

    q = _Words()
    jenis = _Words()
    halaman = _Words()

    def words(self) -> str:
        """Return the words asked for."""
        return self._told("q")

    def kind(self) -> str:
        """Return the kind asked for as the address says it; empty for all."""
        told = self._told("jenis")
        return told if told in KINDS else ""

    def page(self) -> int:
        """Return the page asked for, the first one when it is senseless."""
        told = self._told("halaman")
        is_number = told.isascii() and told.isdigit() and len(told) <= len(str(LAST_PAGE))
        return max(int(told), 1) if is_number else 1

    def _told(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class FindOnPlan(forms.Form):
    """What is looked for on the floors: words, or the code of a service or an agency."""

    cari = _Words()
    layanan = _Words()
    instansi = _Words()

    def told(self, name: str) -> str:
        """Return a field as it can be read."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))
