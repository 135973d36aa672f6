"""Why somebody was called, in words that a visitor understands."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gerai.queue.rules import CallRule
from gerai.queue.states import State, Verb


def explain(explanation: Mapping[str, Any]) -> str:
    """Say a stored explanation of a call in one sentence; empty for an unknown reason.

    >>> explain({"reason": "first_come"})
    'Paling dahulu datang di antara yang menunggu.'
    """
    reason = explanation.get("reason")
    told = {
        "first_come": _("Paling dahulu datang di antara yang menunggu."),
        "ordinary_turn": _(
            "Giliran umum: sudah %(streak)s nomor prioritas dipanggil berturut-turut, "
            "sebanyak yang dibolehkan aturan mal."
        ),
        "priority_turn": _(
            "Giliran prioritas: panggilan prioritas ke-%(place)s dari paling banyak "
            "%(most)s berturut-turut."
        ),
        "first_of_priority": _(
            "Hanya nomor prioritas yang menunggu; ini yang paling dahulu datang."
        ),
        "sent_to_this_counter": _("Petugas lain mengirim pengunjung ini ke loket ini."),
        "chosen_by_officer": _("Dipilih langsung oleh %(name)s, di luar urutan."),
    }.get(str(reason), "")
    streak = explanation.get("priority_streak", 0)
    return told % {
        "streak": streak,
        "place": streak + 1,
        "most": explanation.get("rule", {}).get("priority_in_a_row", 0),
        "name": explanation.get("by", ""),
    }


def crowd(explanation: Mapping[str, Any]) -> str:
    """Say who waited when the call was made, and under which rule.

    >>> crowd({"ordinary_waiting": 4, "priority_waiting": 1, "rule": {"version": 2}})
    'Saat dipanggil, 4 umum dan 1 prioritas menunggu (aturan versi 2).'
    """
    if "rule" not in explanation:
        return ""
    return _(
        "Saat dipanggil, %(ordinary)s umum dan %(priority)s prioritas menunggu "
        "(aturan versi %(version)s)."
    ) % {
        "ordinary": explanation["ordinary_waiting"],
        "priority": explanation["priority_waiting"],
        "version": explanation["rule"]["version"],
    }


def rule_sentences(rule: CallRule) -> list[str]:
    """Say the published order of calling, sentence by sentence."""
    order = _("Nomor dipanggil menurut urutan datang: yang datang lebih dahulu dipanggil dahulu.")
    if rule.priority_in_a_row:
        priority = ngettext(
            "Kelompok prioritas (lansia, penyandang disabilitas, ibu hamil, pengunjung dengan "
            "anak kecil) didahulukan, tetapi paling banyak %(count)d nomor berturut-turut. "
            "Sesudah itu satu nomor umum dipanggil bila ada yang menunggu.",
            "Kelompok prioritas (lansia, penyandang disabilitas, ibu hamil, pengunjung dengan "
            "anak kecil) didahulukan, tetapi paling banyak %(count)d nomor berturut-turut. "
            "Sesudah itu satu nomor umum dipanggil bila ada yang menunggu.",
            rule.priority_in_a_row,
        ) % {"count": rule.priority_in_a_row}
    else:
        priority = _("Saat ini tidak ada kelompok yang didahulukan.")
    return [
        order,
        priority,
        _("Dalam satu kelompok tidak ada yang didahulukan: selalu menurut urutan datang."),
        ngettext(
            "Sebuah nomor dipanggil paling banyak %(count)d kali. Bila pengunjung belum datang "
            "juga, nomornya ditandai tidak hadir.",
            "Sebuah nomor dipanggil paling banyak %(count)d kali. Bila pengunjung belum datang "
            "juga, nomornya ditandai tidak hadir.",
            rule.recalls,
        )
        % {"count": rule.recalls},
        ngettext(
            "Pengunjung yang tidak hadir lalu melapor kembali dipanggil setelah %(count)d nomor "
            "lain, atau segera bila tidak ada yang lain.",
            "Pengunjung yang tidak hadir lalu melapor kembali dipanggil setelah %(count)d nomor "
            "lain, atau segera bila tidak ada yang lain.",
            rule.return_after,
        )
        % {"count": rule.return_after},
        ngettext(
            "Petugas dapat membatalkan langkah terakhirnya dalam %(count)d detik.",
            "Petugas dapat membatalkan langkah terakhirnya dalam %(count)d detik.",
            rule.undo_seconds,
        )
        % {"count": rule.undo_seconds},
        _("Alasan setiap panggilan disimpan dan dapat dibaca kembali oleh pengawas."),
    ]


def verb_words(verb: str) -> str:
    """Say what a step of the log was.

    >>> verb_words("take")
    'Mengambil nomor'
    """
    return {
        Verb.TAKE: _("Mengambil nomor"),
        Verb.CALL: _("Dipanggil"),
        Verb.RECALL: _("Dipanggil ulang"),
        Verb.START: _("Mulai dilayani"),
        Verb.HOLD: _("Ditunda"),
        Verb.RESUME: _("Dilayani lagi"),
        Verb.MISS: _("Ditandai tidak hadir"),
        Verb.BRING_BACK: _("Datang kembali, masuk antrean lagi"),
        Verb.SEND_ON: _("Dikirim ke loket lain"),
        Verb.TRANSFER: _("Dialihkan ke layanan lain"),
        Verb.FINISH: _("Selesai"),
        Verb.LEAVE: pgettext("langkah", "Keluar dari antrean"),
        Verb.EXPIRE: _("Berakhir bersama hari"),
        Verb.UNDO_CALL: _("Panggilan dibatalkan"),
        Verb.UNDO_START: _("Mulai layani dibatalkan"),
        Verb.UNDO_HOLD: _("Penundaan dibatalkan"),
        Verb.UNDO_MISS: _("Tanda tidak hadir dibatalkan"),
        Verb.UNDO_FINISH: _("Penyelesaian dibatalkan"),
    }[Verb(verb)]


def state_words(state: str) -> str:
    """Say where a ticket stands.

    >>> state_words("done")
    'Selesai'
    """
    return {
        State.WAITING: _("Menunggu"),
        State.CALLED: _("Dipanggil"),
        State.SERVING: _("Dilayani"),
        State.HELD: _("Ditunda"),
        State.ABSENT: _("Tidak hadir"),
        State.DONE: _("Selesai"),
        State.TRANSFERRED: _("Dialihkan"),
        State.LEFT: pgettext("keadaan", "Keluar"),
        State.EXPIRED: _("Berakhir"),
    }[State(state)]
