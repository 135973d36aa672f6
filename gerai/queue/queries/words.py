"""Why somebody was called, in words that a visitor understands."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gerai.directory.queries.words import hour_words, prayer_words
from gerai.queue.rules import Pause
from gerai.queue.states import State, Verb


def explain(explanation: Mapping[str, Any]) -> str:
    """Say a stored explanation of a call in words; empty for an unknown reason.

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
        "over_limit": _(
            "Sudah menunggu selama batas tunggu aturan mal (%(limit)s menit), jadi didahulukan."
        ),
        "sent_to_this_counter": _("Petugas lain mengirim pengunjung ini ke loket ini."),
        "chosen_by_officer": _("Dipilih langsung oleh %(name)s, di luar urutan."),
    }.get(str(reason), "")
    if reason == "first_come" and explanation.get("lines_by"):
        told = ""
    elif reason == "first_of_priority" and explanation.get("lines_by"):
        told = _("Hanya nomor prioritas yang menunggu.")
    streak = explanation.get("priority_streak", 0)
    told = told % {
        "streak": streak,
        "place": streak + 1,
        "most": explanation.get("rule", {}).get("priority_in_a_row", 0),
        "limit": explanation.get("limit", ""),
        "name": explanation.get("by", ""),
    }
    return f"{told} {_line_reason(explanation)}".strip()


def _line_reason(explanation: Mapping[str, Any]) -> str:
    return {
        "in_order": _("Antrean %(line)s lebih depan dalam susunan antrean loket ini."),
        "ratio": _("Giliran antrean %(line)s menurut perbandingan antar-antrean."),
        "weights": _(
            "Di antrean %(line)s, lama menunggu kali bobot %(share)s paling besar saat itu."
        ),
    }.get(str(explanation.get("lines_by")), "") % {
        "line": explanation.get("line", ""),
        "share": explanation.get("share", 1),
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


def verb_words(verb: str) -> str:
    """Say what a step of the log was.

    >>> verb_words("take")
    'Mengambil nomor'
    """
    return {
        Verb.TAKE: _("Mengambil nomor"),
        Verb.PRINT_DONE: _("Kertasnya keluar, masuk antrean"),
        Verb.PRINT_DROP: _("Gugur karena kertasnya tidak keluar"),
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
        State.PRINTING: _("Menunggu kertasnya keluar"),
        State.WAITING: _("Menunggu"),
        State.CALLED: _("Dipanggil"),
        State.SERVING: _("Dilayani"),
        State.HELD: _("Ditunda"),
        State.ABSENT: _("Tidak hadir"),
        State.DONE: _("Selesai"),
        State.TRANSFERRED: _("Dialihkan"),
        State.LEFT: pgettext("keadaan", "Keluar"),
        State.EXPIRED: _("Berakhir"),
        State.DROPPED: pgettext("keadaan", "Gugur"),
    }[State(state)]


def pause_words(pause: Pause) -> str:
    """Say which break a wait reaches into, or that it may last beyond closing."""
    if pause.until is None:
        return _("mungkin melewati jam tutup pukul %(hour)s") % {"hour": hour_words(pause.since)}
    told = {"name": prayer_words(pause.name), "hour": hour_words(pause.until)}
    if pause.name:
        return _("termasuk %(name)s sampai pukul %(hour)s") % told
    return _("termasuk istirahat sampai pukul %(hour)s") % told
