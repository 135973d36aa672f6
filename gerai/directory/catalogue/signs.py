"""A short name and a drawing for agencies that every mall knows; the operator may change both."""

from dataclasses import dataclass

from gerai.directory.catalogue.texts import SHORT_NAME_LIMIT, same_code


@dataclass(frozen=True)
class Sign:
    """What stands over an agency's counter. icon: a name of `gerai.ui.icons`."""

    short_name: str
    icon: str


BY_CODE = {
    "disdukcapil": Sign("Disdukcapil", "id"),
    "polri": Sign("Polres", "shield"),
    "imigrasi": Sign("Imigrasi", "plane"),
    "kemenag": Sign("Kemenag", "heart-handshake"),
    "disnaker": Sign("Disnaker", "briefcase"),
    "pa": Sign("Pengadilan Agama", "scale"),
    "pn": Sign("Pengadilan Negeri", "gavel"),
    "kejari": Sign("Kejaksaan Negeri", "file-check"),
    "bnn": Sign("BNN", "shield-check"),
    "dpmptsp": Sign("DPMPTSP", "certificate"),
    "bapenda": Sign("Bapenda", "chart-bar"),
    "samsat": Sign("Samsat", "car"),
    "bpn": Sign("Kantor Pertanahan", "map-pin"),
    "pdam": Sign("PDAM", "droplet"),
    "pln": Sign("PLN", "bolt"),
    "bpjstk": Sign("BPJS Ketenagakerjaan", "users-group"),
    "bpjskes": Sign("BPJS Kesehatan", "heart"),
    "kpp": Sign("Kantor Pajak", "receipt"),
    "taspen": Sign("Taspen", "old"),
    "dinsos": Sign("Dinas Sosial", "users"),
    "dinkes": Sign("Dinas Kesehatan", "building-hospital"),
    "kemenkum": Sign("Kemenkum", "book"),
    "kelurahan": Sign("Kecamatan/Kelurahan", "home"),
    "mpp": Sign("Meja Informasi", "building-community"),
}
BY_WORD = {
    "bank": "building-bank",
    "bri": "building-bank",
    "ketenagakerjaan": "briefcase",
    "kesehatan": "building-hospital",
    "polres": "shield",
    "imigrasi": "plane",
    "pertanahan": "map-pin",
    "pajak": "receipt",
    "kpp": "receipt",
    "pln": "bolt",
    "pdam": "droplet",
    "taspen": "old",
    "pos": "truck",
    "dpmptsp": "certificate",
    "disdukcapil": "id",
    "kependudukan": "id",
    "perhubungan": "car",
    "lingkungan": "sun",
    "sosial": "users",
    "agama": "heart-handshake",
    "pengadilan": "gavel",
}
PLAIN_ICON = "building"


def sign_of(code: str, name: str) -> Sign:
    """Return the sign of an agency: by its code, else its own name and a word in it.

    >>> sign_of("pln", "PT PLN (Persero)"), sign_of("013", "BRI")
    (Sign(short_name='PLN', icon='bolt'), Sign(short_name='BRI', icon='building-bank'))
    """
    known = BY_CODE.get(same_code(code))
    if known:
        return known
    words = name.casefold().replace("(", " ").replace(")", " ").split()
    icon = next((BY_WORD[word] for word in words if word in BY_WORD), PLAIN_ICON)
    return Sign(name if len(name) <= SHORT_NAME_LIMIT else code, icon)
