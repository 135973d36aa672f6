"""The verbs of the trail in words."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext_lazy, pgettext_lazy

register = template.Library()

# Rooms above this one write their verbs here by name; one without words is shown as it is.
WORDS: dict[str, object] = {
    "people.sign_in": pgettext_lazy("langkah", "Masuk"),
    "people.sign_in_failed": gettext_lazy("Gagal masuk"),
    "people.add_user": gettext_lazy("Menambah orang"),
    "people.give_role": gettext_lazy("Memberi peran kepada akun yang sudah ada"),
    "people.set_role": gettext_lazy("Mengubah peran"),
    "people.set_active": gettext_lazy("Mengubah keaktifan akun"),
    "people.reset_password": gettext_lazy("Memberi kata sandi sementara"),
    "people.change_own_password": gettext_lazy("Mengganti kata sandi sendiri"),
    "malls.open": gettext_lazy("Membuka mal"),
    "malls.change": gettext_lazy("Mengubah keterangan mal"),
    "malls.set_active": gettext_lazy("Mengubah keaktifan mal"),
    "malls.describe": gettext_lazy("Mengubah keterangan mal sendiri"),
    "malls.observe_joint_leave": gettext_lazy("Mengatur cuti bersama"),
    "directory.build": gettext_lazy("Menyusun gedung"),
    "directory.add_floor": gettext_lazy("Menambah lantai"),
    "directory.change_floor": gettext_lazy("Mengubah lantai"),
    "directory.remove_floor": gettext_lazy("Menghapus lantai"),
    "directory.add_zone": gettext_lazy("Menambah zona"),
    "directory.change_zone": gettext_lazy("Mengubah zona"),
    "directory.remove_zone": gettext_lazy("Menghapus zona"),
    "directory.add_counters": gettext_lazy("Menambah loket"),
    "directory.change_counter": gettext_lazy("Mengubah loket"),
    "directory.remove_counter": gettext_lazy("Menghapus loket"),
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
    "directory.set_service_active": gettext_lazy("Mengubah keaktifan layanan"),
    "directory.add_standard": gettext_lazy("Menerbitkan standar"),
    "directory.plan_agreement": gettext_lazy("Mencatat perjanjian"),
    "directory.change_agreement": gettext_lazy("Mengubah perjanjian"),
    "directory.sign_agreement": gettext_lazy("Mencatat penandatanganan perjanjian"),
    "directory.end_agreement": gettext_lazy("Mengakhiri perjanjian"),
    "directory.set_facility": gettext_lazy("Mengubah daftar fasilitas"),
    "directory.remove_facility": gettext_lazy("Menghapus fasilitas dari daftar"),
    "directory.set_guide": gettext_lazy("Menulis pedoman"),
    "directory.remove_guide": gettext_lazy("Menghapus pedoman"),
    "newsroom.comment": gettext_lazy("Mengirim komentar"),
    "newsroom.report_comment": gettext_lazy("Melaporkan komentar"),
    "newsroom.revise_comment": gettext_lazy("Mengubah komentar sendiri"),
    "newsroom.revise_badly_comment": gettext_lazy("Mengubah komentar sendiri, lalu ditahan"),
    "newsroom.withdraw_comment": gettext_lazy("Menarik komentar sendiri"),
    "newsroom.approve_comment": gettext_lazy("Menyetujui komentar"),
    "newsroom.reject_comment": gettext_lazy("Menolak komentar"),
    "newsroom.hide_comment": gettext_lazy("Menyembunyikan komentar"),
    "newsroom.edit_comment": gettext_lazy("Menyunting komentar"),
    "newsroom.erase_comment": gettext_lazy("Menghapus data pribadi dalam komentar"),
    "newsroom.keep_comment": gettext_lazy("Membiarkan komentar yang dilaporkan"),
    "newsroom.answer_comment": gettext_lazy("Menjawab komentar"),
    "newsroom.block_sender": gettext_lazy("Memblokir pengirim komentar"),
    "newsroom.unblock_sender": gettext_lazy("Mencabut blokir pengirim"),
    "newsroom.add_word": gettext_lazy("Menambah kata terblokir"),
    "newsroom.remove_word": gettext_lazy("Menghapus kata terblokir"),
    "newsroom.take": gettext_lazy("Mengambil berita dari berkas"),
    "newsroom.set_rules": gettext_lazy("Mengatur cara kerja redaksi"),
    "newsroom.send_issue": gettext_lazy("Mengirim buletin"),
    "newsroom.subscribe": gettext_lazy("Mulai berlangganan buletin"),
    "newsroom.unsubscribe": gettext_lazy("Berhenti berlangganan buletin"),
    "newsroom.tell_sample": gettext_lazy("Mengisi berita contoh"),
    "website.fill_history": gettext_lazy("Mengisi sejarah contoh"),
    "website.open": gettext_lazy("Membuka situs"),
    "display.speak": gettext_lazy("Menyuarakan panggilan"),
    "queue.open_line": gettext_lazy("Membuat antrean"),
    "queue.open_desk": gettext_lazy("Membuka loket"),
    "queue.close_desk": gettext_lazy("Menutup loket"),
    "queue.pause": gettext_lazy("Menjeda loket"),
    "queue.go_on": gettext_lazy("Melanjutkan sesudah jeda"),
    "queue.rule": gettext_lazy("Menerbitkan aturan panggilan"),
    "queue.change_line": gettext_lazy("Mengubah antrean"),
    "queue.set_line_active": gettext_lazy("Mengubah keaktifan antrean"),
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
    "floor": gettext_lazy("lantai"),
    "zone": gettext_lazy("zona"),
    "device": gettext_lazy("perangkat"),
    "special_day": gettext_lazy("hari khusus"),
    "agreement": gettext_lazy("perjanjian"),
    "facility": gettext_lazy("fasilitas"),
    "guide": gettext_lazy("pedoman"),
    "line": gettext_lazy("antrean"),
    "rule": gettext_lazy("aturan"),
    "ticket": gettext_lazy("nomor"),
    "article": gettext_lazy("berita"),
    "comment": gettext_lazy("komentar"),
    "mall_site": gettext_lazy("situs"),
    "issue": gettext_lazy("buletin"),
    "subscription": gettext_lazy("langganan"),
    "blocked_sender": gettext_lazy("pengirim terblokir"),
    "blocked_word": gettext_lazy("kata terblokir"),
}

FACTS: dict[str, object] = {
    "code": gettext_lazy("kode"),
    "codes": gettext_lazy("kode"),
    "number": gettext_lazy("nomor"),
    "zone": gettext_lazy("zona"),
    "name": gettext_lazy("nama"),
    "label": gettext_lazy("nomor"),
    "kind": gettext_lazy("jenis"),
    "role": gettext_lazy("peran"),
    "user": gettext_lazy("orang"),
    "agency": gettext_lazy("instansi"),
    "reason": gettext_lazy("alasan"),
    "on": gettext_lazy("tanggal"),
    "version": gettext_lazy("versi"),
    "services": pgettext_lazy("jumlah", "layanan"),
    "sequence": gettext_lazy("panggilan ke"),
    "is_active": gettext_lazy("aktif"),
    "closes": gettext_lazy("tutup pada cuti bersama"),
    "made": gettext_lazy("dibuat"),
    "taken": gettext_lazy("diambil"),
    "unchanged": gettext_lazy("tidak berubah"),
    "refused": gettext_lazy("ditolak"),
    "priority_in_a_row": gettext_lazy("prioritas berturut-turut"),
    "recalls": gettext_lazy("panggilan"),
    "return_after": gettext_lazy("kembali setelah"),
    "undo_seconds": gettext_lazy("detik pembatalan"),
    "published": gettext_lazy("langsung terbit"),
    "needs_second_person": gettext_lazy("perlu orang kedua"),
    "comment_rule": gettext_lazy("aturan komentar"),
    "comments_close_after_days": gettext_lazy("hari sampai komentar ditutup"),
    "comment_edit_minutes": gettext_lazy("menit untuk mengubah komentar"),
    "state": gettext_lazy("keadaan"),
    "stories": pgettext_lazy("jumlah", "berita"),
    "addressees": gettext_lazy("penerima"),
    "erased": gettext_lazy("alamat dihapus"),
}

VALUES: dict[object, object] = {
    True: gettext_lazy("ya"),
    False: gettext_lazy("tidak"),
    "officer": gettext_lazy("petugas loket"),
    "greeter": gettext_lazy("penyambut"),
    "supervisor": gettext_lazy("pengawas"),
    "writer": gettext_lazy("penulis"),
    "editor": gettext_lazy("redaktur"),
    "mall_admin": gettext_lazy("admin mal"),
    "kiosk": gettext_lazy("kios"),
    "screen": gettext_lazy("layar"),
    "closed": gettext_lazy("tutup"),
    "open": gettext_lazy("buka seperti biasa"),
    "hours": gettext_lazy("buka dengan jam lain"),
    "held": gettext_lazy("menunggu dibaca redaksi"),
    "published": gettext_lazy("terbit"),
    "host": gettext_lazy("penerima tamu"),
    "founder": gettext_lazy("tim pendiri"),
    "leader": gettext_lazy("pimpinan daerah"),
    "planned": gettext_lazy("direncanakan"),
    "promised": gettext_lazy("kesepakatan bersama"),
    "signed": gettext_lazy("ditandatangani"),
    "ended": gettext_lazy("berakhir"),
    "missing": gettext_lazy("belum ada"),
    "ready": gettext_lazy("tersedia"),
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
    """Write the facts of a deed in one line, those without a value or a word left out.

    >>> detail_words({"codes": ["A", "B"], "is_active": True, "role": None})
    'kode: A, B · aktif: ya'
    """
    return " · ".join(
        f"{FACTS[name]}: {_value(value)}"
        for name, value in detail.items()
        if name in FACTS and value is not None
    )


def _value(value: object) -> object:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return VALUES.get(value, value) if isinstance(value, str | bool) else value
