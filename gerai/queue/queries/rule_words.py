"""The order of calling in words: what it says, what is wrong with it, what changed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from gerai.queue.models import Group
from gerai.queue.rules import (
    BOUNDS,
    CallRule,
    Limit,
    Plan,
    Problem,
    Route,
    Skill,
    most_later_ones,
)

NUMBER_NAMES = {
    "priority_in_a_row": gettext_lazy("Nomor prioritas berturut-turut, paling banyak"),
    "ordinary_in_a_row": gettext_lazy("Sesudahnya nomor umum berturut-turut"),
    "recalls": gettext_lazy("Panggilan untuk satu nomor, paling banyak"),
    "return_after": gettext_lazy("Yang kembali dipanggil setelah berapa nomor lain"),
    "undo_seconds": gettext_lazy("Batas waktu pembatalan langkah, dalam detik"),
}
SECTION_NAMES = {
    "routes": gettext_lazy("Antrean masuk"),
    "plans": gettext_lazy("Susunan antrean"),
    "skills": gettext_lazy("Layanan per loket dan petugas"),
    "limits": gettext_lazy("Batas tunggu"),
}
FIELD_NAMES = {
    "line": pgettext_lazy("isian", "antrean"),
    "lines": pgettext_lazy("isian", "antrean"),
    "services": pgettext_lazy("isian", "layanan"),
    "groups": pgettext_lazy("isian", "kelompok"),
    "group": pgettext_lazy("isian", "kelompok"),
    "languages": pgettext_lazy("isian", "bahasa"),
    "counters": pgettext_lazy("isian", "loket"),
    "officers": pgettext_lazy("isian", "petugas"),
    "how": pgettext_lazy("isian", "cara"),
    "share": pgettext_lazy("isian", "bagian"),
    "minutes": pgettext_lazy("isian", "menit"),
}
HOW_NAMES = {
    "arrival": gettext_lazy("Menurut urutan datang"),
    "in_order": gettext_lazy("Satu demi satu menurut urutan antrean"),
    "ratio": gettext_lazy("Bergiliran menurut perbandingan"),
    "weights": gettext_lazy("Menurut lama menunggu kali bobot"),
}
CLASS_NAMES = {
    "": gettext_lazy("prioritas dan umum"),
    "priority": gettext_lazy("prioritas"),
    "ordinary": gettext_lazy("umum"),
}
LANGUAGE_NAMES = {
    "id": gettext_lazy("bahasa Indonesia"),
    "en": gettext_lazy("bahasa Inggris"),
}
_WRONG = {
    "not_object": gettext_lazy("bentuknya bukan isian yang dikenal."),
    "unknown": gettext_lazy("isian ini tidak dikenal."),
    "not_list": gettext_lazy("harus berupa daftar."),
    "too_many": gettext_lazy("terlalu banyak; paling banyak %(most)s."),
    "not_name": gettext_lazy("tuliskan satu kode."),
    "empty": gettext_lazy("belum diisi."),
    "twice": gettext_lazy("ada yang tertulis dua kali. Cukup sekali."),
    "no_choice": gettext_lazy("pilih dari daftar yang ada."),
    "not_whole": gettext_lazy("isi dengan bilangan bulat %(low)s sampai %(high)s."),
    "nobody": gettext_lazy("pilih paling sedikit satu loket atau satu petugas."),
    "no_line": gettext_lazy("antrean %(name)s tidak ada di mal ini. Pilih antrean lain."),
    "no_service": gettext_lazy("layanan %(name)s tidak ada di mal ini. Pilih layanan lain."),
    "no_counter": gettext_lazy("loket %(name)s tidak ada di mal ini. Pilih loket lain."),
    "no_officer": gettext_lazy(
        "petugas %(name)s tidak ditugaskan pada instansi di mal ini. Pilih petugas lain."
    ),
    "other_agency": gettext_lazy(
        "layanan %(service)s milik instansi lain daripada antrean %(line)s. Pengunjung hanya "
        "dapat masuk ke antrean instansinya sendiri."
    ),
    "never_reached": gettext_lazy(
        "baris %(row)s tidak pernah berlaku karena baris %(other)s di atasnya sudah mencakup "
        "semuanya. Pindahkan ke atas, atau hapus."
    ),
    "starves": gettext_lazy(
        "dengan cara ini nomor %(group)s di antrean %(line)s dapat menunggu tanpa akhir selama "
        "antrean lain terus terisi. Beri batas tunggu untuk antrean itu, atau pilih cara lain."
    ),
    "limit_missing": gettext_lazy(
        "nomor %(group)s di antrean %(line)s tidak punya batas tunggu, padahal loketnya juga "
        "melayani nomor yang punya. Yang melewati batas selalu didahulukan, jadi yang tidak "
        "punya batas dapat menunggu tanpa akhir. Beri batas juga, misalnya satu baris untuk "
        "semua antrean."
    ),
    "nobody_takes": gettext_lazy(
        "pada hari %(weekday)s tidak ada loket dan petugas yang menerima layanan %(service)s, "
        "jadi pengunjungnya tidak pernah dipanggil. Tambahkan layanan itu pada salah satu loket."
    ),
}


@dataclass(frozen=True)
class Change:
    """A sentence that one version says and the other does not; one of the two may be empty."""

    before: str
    after: str


def problem_words(problem: Problem) -> str:
    """Say what is wrong with a rule, and where.

    >>> problem_words(Problem("recalls", "not_whole", (("low", 1), ("high", 5))))
    'Panggilan untuk satu nomor, paling banyak: isi dengan bilangan bulat 1 sampai 5.'
    """
    about = dict(problem.about)
    if "group" in about:
        about["group"] = CLASS_NAMES[str(about["group"])]
    if "weekday" in about:
        about["weekday"] = WEEKDAYS[int(str(about["weekday"]))]
    where = _where(problem.field)
    wrong = str(_WRONG[problem.what]) % about
    return f"{where}: {wrong}" if where else wrong[:1].upper() + wrong[1:]


def _where(field: str) -> str:
    first, *rest = field.split(".")
    if first in NUMBER_NAMES:
        return str(NUMBER_NAMES[first])
    if first not in SECTION_NAMES:
        return field
    where = str(SECTION_NAMES[first])
    if rest:
        where = _("%(section)s, baris %(row)s") % {"section": where, "row": int(rest[0]) + 1}
    if len(rest) > 1:
        where = f"{where}, {FIELD_NAMES.get(rest[-1], rest[-1])}"
    return where


def rule_sentences(rule: CallRule) -> list[str]:
    """Say the published order of calling, sentence by sentence."""
    told = section_sentences(rule)
    return [
        *told["routes"],
        _("Nomor dipanggil menurut urutan datang: yang datang lebih dahulu dipanggil dahulu."),
        *_priority_sentences(rule),
        *told["plans"],
        *told["skills"],
        *told["limits"],
        *_handling_sentences(rule),
        _("Alasan setiap panggilan disimpan dan dapat dibaca kembali oleh pengawas."),
    ]


def section_sentences(rule: CallRule) -> dict[str, list[str]]:
    """Return section → what its rows say, a sentence each."""
    return {
        "routes": [_route_sentence(each) for each in rule.routes],
        "plans": [plan_sentence(each) for each in rule.plans],
        "skills": [_skill_sentence(each) for each in rule.skills],
        "limits": [_limit_sentence(each) for each in rule.limits],
    }


def _priority_sentences(rule: CallRule) -> Iterator[str]:
    if rule.priority_in_a_row:
        yield ngettext(
            "Kelompok prioritas (lansia, penyandang disabilitas, ibu hamil, pengunjung dengan "
            "anak kecil) didahulukan, tetapi paling banyak %(count)d nomor berturut-turut. "
            "Sesudah itu satu nomor umum dipanggil bila ada yang menunggu.",
            "Kelompok prioritas (lansia, penyandang disabilitas, ibu hamil, pengunjung dengan "
            "anak kecil) didahulukan, tetapi paling banyak %(count)d nomor berturut-turut. "
            "Sesudah itu satu nomor umum dipanggil bila ada yang menunggu.",
            rule.priority_in_a_row,
        ) % {"count": rule.priority_in_a_row}
        if rule.ordinary_in_a_row > 1:
            yield ngettext(
                "Bila giliran umum tiba, %(count)d nomor umum dipanggil berturut-turut.",
                "Bila giliran umum tiba, %(count)d nomor umum dipanggil berturut-turut.",
                rule.ordinary_in_a_row,
            ) % {"count": rule.ordinary_in_a_row}
    else:
        yield _("Saat ini tidak ada kelompok yang didahulukan.")
    yield _("Dalam satu kelompok tidak ada yang didahulukan: selalu menurut urutan datang.")


def _handling_sentences(rule: CallRule) -> Iterator[str]:
    yield ngettext(
        "Sebuah nomor dipanggil paling banyak %(count)d kali. Bila pengunjung belum datang "
        "juga, nomornya ditandai tidak hadir.",
        "Sebuah nomor dipanggil paling banyak %(count)d kali. Bila pengunjung belum datang "
        "juga, nomornya ditandai tidak hadir.",
        rule.recalls,
    ) % {"count": rule.recalls}
    yield ngettext(
        "Pengunjung yang tidak hadir lalu melapor kembali dipanggil setelah %(count)d nomor "
        "lain, atau segera bila tidak ada yang lain.",
        "Pengunjung yang tidak hadir lalu melapor kembali dipanggil setelah %(count)d nomor "
        "lain, atau segera bila tidak ada yang lain.",
        rule.return_after,
    ) % {"count": rule.return_after}
    yield ngettext(
        "Petugas dapat membatalkan langkah terakhirnya dalam %(count)d detik.",
        "Petugas dapat membatalkan langkah terakhirnya dalam %(count)d detik.",
        rule.undo_seconds,
    ) % {"count": rule.undo_seconds}


def _route_sentence(route: Route) -> str:
    groups = dict(Group.choices)
    who = [
        _joined(_("layanan %(names)s"), route.services),
        _joined(_("kelompok %(names)s"), [str(groups[each]) for each in route.groups]),
        _joined(_("pengguna %(names)s"), [str(LANGUAGE_NAMES[each]) for each in route.languages]),
    ]
    told = "; ".join(each for each in who if each) or _("semua pengunjung instansinya")
    return _("Masuk antrean %(line)s: %(who)s.") % {"line": route.line, "who": told}


def plan_sentence(plan: Plan) -> str:
    """Say how the lines of some counters stand to each other."""
    lines = " : ".join(f"{each.line} {each.share}" for each in plan.lines)
    about = {
        "where": _counters_and_officers(plan.counters, plan.officers) or _("semua loket"),
        "order": ", ".join(each.line for each in plan.lines),
        "shares": lines,
    }
    told = {
        "arrival": _("Di %(where)s semua antrean dianggap satu, menurut urutan datang."),
        "in_order": _(
            "Di %(where)s antrean dipanggil berurutan: %(order)s. Antrean berikutnya dipanggil "
            "bila yang sebelumnya kosong."
        ),
        "ratio": _("Di %(where)s antrean bergiliran dengan perbandingan %(shares)s."),
        "weights": _(
            "Di %(where)s dipanggil nomor dengan lama menunggu kali bobot terbesar; bobot "
            "%(shares)s."
        ),
    }
    return told[plan.how] % about


def _skill_sentence(skill: Skill) -> str:
    return _("Di %(where)s hanya diterima layanan %(services)s.") % {
        "where": _counters_and_officers(skill.counters, skill.officers),
        "services": ", ".join(skill.services),
    }


def _limit_sentence(limit: Limit) -> str:
    about = {"count": limit.minutes, "group": CLASS_NAMES[limit.group], "line": limit.line}
    if limit.line:
        return (
            ngettext(
                "Di antrean %(line)s, nomor terdepan (%(group)s) yang sudah menunggu %(count)d "
                "menit didahulukan.",
                "Di antrean %(line)s, nomor terdepan (%(group)s) yang sudah menunggu %(count)d "
                "menit didahulukan.",
                limit.minutes,
            )
            % about
        )
    return (
        ngettext(
            "Di semua antrean, nomor terdepan (%(group)s) yang sudah menunggu %(count)d menit "
            "didahulukan.",
            "Di semua antrean, nomor terdepan (%(group)s) yang sudah menunggu %(count)d menit "
            "didahulukan.",
            limit.minutes,
        )
        % about
    )


def _counters_and_officers(counters: Sequence[str], officers: Sequence[str]) -> str:
    where = [
        _joined(_("loket %(names)s"), counters),
        _joined(_("meja petugas %(names)s"), officers),
    ]
    return ", ".join(each for each in where if each)


def _joined(sentence: str, names: Sequence[str]) -> str:
    return sentence % {"names": ", ".join(names)} if names else ""


def changes_between(before: CallRule, after: CallRule) -> list[Change]:
    """Return what a version says otherwise than the one before it, in the order of the rule."""
    told = [
        Change(f"{name}: {old}", f"{name}: {new}")
        for name, old, new in (
            (NUMBER_NAMES[each], getattr(before, each), getattr(after, each)) for each in BOUNDS
        )
        if old != new
    ]
    new = section_sentences(after)
    for section, old in section_sentences(before).items():
        told += [
            Change(was or "", now or "")
            for was, now in zip_longest(old, new[section])
            if was != now
        ]
    return told


def later_ones_sentence(
    rule: CallRule,
    *,
    line: str,
    pools: Mapping[str, tuple[Sequence[str], Collection[int | None]]],
    is_priority: bool,
) -> str:
    """Say how many who come later may be called first at most; empty where minutes bound it.

    pools: the pools of counters that may call the visitor, each with its lines and plans.
    """
    bounds = [
        most_later_ones(rule, line=line, lines=lines, is_priority=is_priority, plans=plans)
        for lines, plans in pools.values()
    ]
    most = sum(each for each in bounds if each is not None)
    if not bounds or None in bounds:
        return ""
    about = {"group": group_words(rule, is_priority=is_priority), "count": most}
    if most == 0:
        return (
            _(
                "Sesudah semua %(group)s yang datang lebih dahulu dipanggil, tidak ada yang datang "
                "sesudah Anda dapat mendahului Anda, selain yang dikirim atau dipilih petugas."
            )
            % about
        )
    return (
        ngettext(
            "Sesudah semua %(group)s yang datang lebih dahulu dipanggil, paling banyak %(count)d "
            "nomor yang datang sesudah Anda dapat mendahului Anda, selain yang dikirim atau "
            "dipilih petugas.",
            "Sesudah semua %(group)s yang datang lebih dahulu dipanggil, paling banyak %(count)d "
            "nomor yang datang sesudah Anda dapat mendahului Anda, selain yang dikirim atau "
            "dipilih petugas.",
            most,
        )
        % about
    )


def group_words(rule: CallRule, *, is_priority: bool) -> str:
    """Say which numbers take turns with a visitor's: those of the class, or all."""
    if not rule.priority_in_a_row:
        return _("nomor")
    group = CLASS_NAMES["priority" if is_priority else "ordinary"]
    return _("nomor %(group)s") % {"group": group}
