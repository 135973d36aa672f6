"""The verbs of the trail in words."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

register = template.Library()

# Rooms above this one write their verbs here by name; one without words is shown as it is.
WORDS: dict[str, object] = {
    "people.sign_in": gettext_lazy("Masuk"),
    "people.sign_in_failed": gettext_lazy("Gagal masuk"),
    "people.add_user": gettext_lazy("Menambah orang"),
    "people.set_role": gettext_lazy("Mengubah peran"),
    "people.set_active": gettext_lazy("Mengubah keaktifan akun"),
    "people.reset_password": gettext_lazy("Memberi kata sandi sementara"),
    "people.change_own_password": gettext_lazy("Mengganti kata sandi sendiri"),
    "malls.open": gettext_lazy("Membuka mal"),
    "malls.change": gettext_lazy("Mengubah keterangan mal"),
    "malls.set_active": gettext_lazy("Mengubah keaktifan mal"),
    "malls.observe_joint_leave": gettext_lazy("Mengatur cuti bersama"),
    "directory.build": gettext_lazy("Menyusun gedung"),
    "directory.import_catalogue": gettext_lazy("Mengimpor katalog"),
    "directory.set_week": gettext_lazy("Mengatur jam layanan"),
    "directory.follow_the_mall": gettext_lazy("Mengikuti jam mal"),
    "directory.add_special_day": gettext_lazy("Menambah hari khusus"),
    "directory.change_special_day": gettext_lazy("Mengubah hari khusus"),
    "directory.remove_special_day": gettext_lazy("Menghapus hari khusus"),
    "directory.seat": gettext_lazy("Mengatur jadwal loket"),
    "directory.set_counter_active": gettext_lazy("Mengubah pemakaian loket"),
    "directory.set_agency_active": gettext_lazy("Mengubah keaktifan instansi"),
    "directory.post": gettext_lazy("Menempatkan petugas"),
    "directory.unpost": gettext_lazy("Melepas petugas"),
    "directory.pair_device": gettext_lazy("Menghubungkan perangkat"),
    "directory.revoke_device": gettext_lazy("Mencabut izin perangkat"),
    "directory.set_up_sample_device": gettext_lazy("Menyiapkan perangkat contoh"),
    "directory.add_agency": gettext_lazy("Menambah instansi"),
    "directory.change_agency": gettext_lazy("Mengubah instansi"),
    "directory.add_service": gettext_lazy("Menambah layanan"),
    "directory.change_service": gettext_lazy("Mengubah layanan"),
    "directory.add_standard": gettext_lazy("Menerbitkan standar"),
    "display.speak": gettext_lazy("Menyuarakan panggilan"),
    "queue.open_line": gettext_lazy("Membuat antrean"),
    "queue.begin_rule": gettext_lazy("Menetapkan aturan panggilan"),
    "queue.take": gettext_lazy("Mengambil nomor"),
    "queue.call": gettext_lazy("Memanggil nomor"),
    "queue.recall": gettext_lazy("Memanggil ulang"),
    "queue.start": gettext_lazy("Mulai melayani"),
    "queue.hold": gettext_lazy("Menunda"),
    "queue.resume": gettext_lazy("Melanjutkan"),
    "queue.miss": gettext_lazy("Mencatat tidak hadir"),
    "queue.bring_back": gettext_lazy("Mengembalikan ke antrean"),
    "queue.send_on": gettext_lazy("Mengirim ke loket lain"),
    "queue.transfer": gettext_lazy("Mengalihkan ke layanan lain"),
    "queue.finish": gettext_lazy("Selesai melayani"),
    "queue.leave": pgettext_lazy("langkah", "Keluar dari antrean"),
    "queue.expire": gettext_lazy("Nomor lewat hari"),
    "queue.undo_call": gettext_lazy("Membatalkan panggilan"),
    "queue.undo_start": gettext_lazy("Membatalkan mulai"),
    "queue.undo_hold": gettext_lazy("Membatalkan penundaan"),
    "queue.undo_miss": gettext_lazy("Membatalkan tidak hadir"),
    "queue.undo_finish": gettext_lazy("Membatalkan selesai"),
}

THINGS: dict[str, object] = {
    "user": gettext_lazy("orang"),
    "mall": gettext_lazy("mal"),
    "agency": gettext_lazy("instansi"),
    "service": gettext_lazy("layanan"),
    "counter": gettext_lazy("loket"),
    "zone": gettext_lazy("zona"),
    "device": gettext_lazy("perangkat"),
    "special_day": gettext_lazy("hari khusus"),
    "line": gettext_lazy("antrean"),
    "rule": gettext_lazy("aturan"),
    "ticket": gettext_lazy("nomor"),
}


@register.filter
def verb_words(verb: str) -> str:
    """Say a verb of the trail in words.

    >>> verb_words("queue.call")
    'Memanggil nomor'
    """
    return str(WORDS.get(verb, verb))


@register.filter
def thing_words(thing: str) -> str:
    """Say the thing of a deed in words.

    >>> thing_words("user:10")
    'orang 10'
    """
    kind, _colon, key = thing.partition(":")
    return f"{THINGS.get(kind, kind)} {key}"


@register.filter
def detail_words(detail: Mapping[str, object]) -> str:
    """Write the facts of a deed in one line, those without a value left out.

    >>> detail_words({"code": "A", "is_active": True, "role": None})
    'code: A · is_active: ya'
    """
    told = {True: _("ya"), False: _("tidak")}
    return " · ".join(
        f"{name}: {told.get(value, value) if isinstance(value, bool) else value}"
        for name, value in detail.items()
        if value is not None
    )
