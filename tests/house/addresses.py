"""Every address of the product, its parameters filled in with keys of a side of the world."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

from gerai.directory.catalogue.texts import slug_of
from gerai.display.models import HallNotice
from tests.house.learning import DOCUMENT
from tests.house.offices import Office
from tests.house.world import SPOKEN_BEFORE, Side

PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")

Key = Callable[[Side, Office], object]

# What a parameter means: by the segment before it and its name. An address whose parameter is
# not here fails the tests until somebody says what it names.
KEYS: dict[tuple[str, str], Key] = {
    ("antre", "service_id"): lambda _side, office: office.service.pk,
    ("layanan", "service_id"): lambda _side, office: office.service.pk,
    ("instansi", "agency_id"): lambda _side, office: office.agency.pk,
    ("nomor", "token"): lambda _side, office: office.waiting.visit.token,
    ("nomor", "ticket_id"): lambda _side, office: office.at_desk.pk,
    ("rute", "step_id"): lambda _side, office: office.step.pk,
    ("rute", "template_id"): lambda _side, office: office.route.pk,
    ("antrean", "line_id"): lambda _side, office: office.line.pk,
    ("loket", "counter_id"): lambda _side, office: office.counter.pk,
    ("nilai", "token"): lambda _side, office: office.done.rating_token,
    ("ucapan", "sequence"): lambda side, _office: _first_call(side),
    ("instansi", "pk"): lambda _side, office: office.agency.pk,
    ("penempatan", "posting_pk"): lambda _side, office: office.posting.pk,
    ("lantai", "pk"): lambda side, _office: side.zone.floor_id,
    ("zona", "pk"): lambda side, _office: side.zone.pk,
    ("loket", "pk"): lambda _side, office: office.counter.pk,
    ("hari", "pk"): lambda side, _office: side.special_day.pk,
    ("musim", "pk"): lambda side, _office: side.hours.season.pk,
    ("jumat", "pk"): lambda side, _office: side.hours.friday.pk,
    ("penutupan", "closing_id"): lambda _side, office: office.closing.pk,
    ("penutupan-sementara", "closing_id"): lambda _side, office: office.closing.pk,
    ("darurat", "emergency_id"): lambda side, _office: side.hours.emergency.pk,
    ("batas", "service_id"): lambda _side, office: office.service.pk,
    ("pengumuman", "pk"): lambda side, _office: _notice(side),
    ("perangkat", "pk"): lambda side, _office: side.devices["screen"].pk,
    ("layanan", "pk"): lambda _side, office: office.service.pk,
    ("orang", "pk"): lambda _side, office: office.officer.pk,
    ("platform", "pk"): lambda side, _office: side.mall.pk,
    ("layanan", "code"): lambda _side, office: slug_of(office.service.code),
    ("instansi", "code"): lambda _side, office: slug_of(office.agency.code),
    ("topik", "tag"): lambda side, _office: side.news.tag.slug,
    ("kegiatan", "slug"): lambda side, _office: side.news.story.slug,
    ("media", "path"): lambda side, _office: f"{side.mall.pk}/images/gambar.webp",
    ("dokumen", "document_id"): lambda side, _office: side.news.paper.pk,
    ("tulis", "article_id"): lambda side, _office: side.news.story.pk,
    ("komentar", "comment_id"): lambda side, _office: side.news.comment.pk,
    ("kata", "word_id"): lambda side, _office: side.news.word.pk,
    ("pengirim", "sender_id"): lambda side, _office: side.news.sender.pk,
    ("konfirmasi", "token"): lambda side, _office: side.news.confirm_token,
    ("berhenti", "token"): lambda side, _office: side.news.stop_token,
    ("perjanjian", "pk"): lambda side, _office: side.learning.agreement.pk,
    ("fasilitas", "pk"): lambda side, _office: side.learning.facility.pk,
    ("pedoman", "pk"): lambda side, _office: side.learning.guide.pk,
    ("kunjungan", "pk"): lambda side, _office: side.learning.visit.pk,
    ("kunjungan", "secret"): lambda side, _office: side.learning.visit.secret,
    ("hasil", "secret"): lambda side, _office: side.learning.visit.secret,
    ("hadir", "code"): lambda side, _office: side.learning.book.code,
    ("beri", "code"): lambda side, _office: side.learning.book.code,
    ("milik-saya", "secret"): lambda side, _office: side.learning.impression.secret,
    ("kesan", "impression"): lambda side, _office: side.learning.impression.pk,
    ("tamu", "pk"): lambda side, _office: side.learning.guest.pk,
    ("tamu", "guest_pk"): lambda side, _office: side.learning.guest.pk,
    ("hadir", "guest"): lambda side, _office: side.learning.guest.pk,
    ("pertanyaan", "question_pk"): lambda side, _office: side.learning.question.pk,
    ("tanya", "question"): lambda side, _office: side.learning.question.pk,
    ("jawaban", "pk"): lambda side, _office: side.learning.answer.pk,
    ("foto", "photo"): lambda side, _office: side.learning.photo.pk,
    ("tindak-lanjut", "follow_up"): lambda side, _office: side.learning.follow_up.pk,
    ("materi", "pk"): lambda side, _office: side.learning.material.pk,
    ("hari-bebas", "pk"): lambda side, _office: side.learning.closed_day.pk,
    ("ruang", "pk"): lambda side, _office: side.learning.visit.room_id,
    ("", "paper"): lambda side, _office: side.learning.report.pk,
    ("surat", "paper"): lambda side, _office: side.learning.report.pk,
    ("surat", "pk"): lambda side, _office: side.learning.letter.pk,
    ("sejak", "before"): lambda side, _office: side.learning.earlier_letter.pk,
    ("surat", "token"): lambda side, _office: side.learning.letter.token,
    ("langkah", "pk"): lambda side, _office: side.learning.step.pk,
    ("bukti", "pk"): lambda side, _office: side.learning.evidence.pk,
    ("keputusan", "pk"): lambda side, _office: side.learning.lines["decision"].pk,
    ("pendampingan", "pk"): lambda side, _office: side.learning.lines["guidance"].pk,
    ("risiko", "pk"): lambda side, _office: side.learning.lines["risk"].pk,
    ("petugas", "pk"): lambda side, _office: side.learning.lines["staff_role"].pk,
    ("uji-coba", "pk"): lambda side, _office: side.learning.lines["trial_day"].pk,
    ("hukum", "pk"): lambda side, _office: side.learning.lines["legal_setting"].pk,
    ("impor", "arrival_id"): lambda side, _office: side.learning.arrival.pk,
    ("usulan", "part_id"): lambda side, _office: side.learning.proposal.pk,
    ("dek", "pk"): lambda side, _office: side.learning.deck.pk,
    ("salindia", "pk"): lambda side, _office: side.learning.slide.pk,
    ("foto", "pk"): lambda side, _office: side.learning.slide_photo.pk,
    ("presentasi", "pk"): lambda side, _office: side.learning.session.pk,
    ("kendali", "secret"): lambda side, _office: side.learning.session.secret,
    ("catatan", "pk"): lambda _side, office: office.agency.pk,
    ("untuk", "token"): lambda side, _office: side.learning.welcome,
    ("kertas", "token"): lambda _side, office: office.waiting.visit.token,
    ("pencetak", "pk"): lambda side, _office: side.printer.pk,
    ("rencana", "plan_id"): lambda side, _office: side.plan.pk,
    ("alarm", "alarm_id"): lambda side, _office: side.alarm.pk,
}
# Parameters that choose among a few words and name no row: each word is tried.
WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("perangkat", "kind"): ("kiosk", "screen"),
    ("berita", "section"): ("kegiatan", "kunjungan"),
    ("arsip", "year"): ("2026", "2025"),
    ("", "month"): ("11", "1"),
    ("", "filename"): ("dokumen.csv", "lain.csv"),
    ("", "form"): ("pdf", "docx"),
    (".", "form"): ("pdf", "docx"),
    ("daftar-hadir.", "form"): ("pdf", "docx"),
    ("", "version"): ("1", "2"),
    ("versi", "number"): ("1", "2"),
    ("putaran", "number"): ("0", "1"),
    ("naskah", "key"): (DOCUMENT, "urgency_study"),
    ("pratinjau-", "paper"): ("58", "80"),
    ("nomor", "kind"): ("answer", "spd"),
    ("tahap", "stage"): ("commitment", "coordination"),
}
# Stories and other pages of the tree have no pattern of their own; one stands for all.
TREE, A_STORY = "wagtail_serve", "berita/kegiatan/<slug:slug>/"
# The page editor has a sweep of its own: test_editors_wall.py.
EDITOR = "redaksi/"


@dataclass(frozen=True)
class Address:
    """One address pattern: its name, its route, and who may enter."""

    name: str
    route: str
    door: str

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Return each parameter as (segment before it, name)."""
        return [
            (
                self.route[: found.start()].strip("/").rsplit("/", 1)[-1].split(">")[-1],
                found["name"],
            )
            for found in PARAMETER.finditer(self.route)
        ]

    @property
    def names_rows(self) -> bool:
        """Tell whether a parameter names a row."""
        return any(parameter in KEYS for parameter in self.parameters)

    def path(self, *places: tuple[Side, Office], word: int = 0) -> str:
        """Return the path, each parameter filled in from its own place (the last one repeats)."""
        left = list(places)
        path = self.route
        for parameter in self.parameters:
            if parameter in WORDS:
                value: object = WORDS[parameter][word]
            else:
                side, office = left[0]
                left = left[1:] or left
                value = KEYS[parameter](side, office)
            path = PARAMETER.sub(str(value), path, count=1)
        return "/" + path

    def mixed(self, own: tuple[Side, Office], other: tuple[Side, Office]) -> Iterator[str]:
        """Give the path with at least one parameter of another place, in every mixture."""
        rows = sum(parameter in KEYS for parameter in self.parameters)
        for mixture in product((own, other), repeat=rows):
            if other in mixture:
                yield self.path(*mixture)


def addresses() -> list[Address]:
    """Return every address of the product."""
    return list(_under(get_resolver().url_patterns, "", ""))


def unknown_parameters() -> set[tuple[str, tuple[str, str]]]:
    """Return the parameters of which nobody said what they name."""
    return {
        (address.name, parameter)
        for address in addresses()
        for parameter in address.parameters
        if parameter not in KEYS and parameter not in WORDS
    }


def _under(patterns: list[URLPattern | URLResolver], route: str, space: str) -> Iterator[Address]:
    for entry in patterns:
        whole = route + str(entry.pattern)
        if whole == EDITOR:
            continue
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _under(entry.url_patterns, whole, inner)
        else:
            # The routes of the gallery and of the page tree are expressions.
            path = {"gallery": "ui/", TREE: A_STORY}.get(str(entry.name), whole)
            yield Address(f"{space}{entry.name}", path, getattr(entry.callback, "gerai_door", ""))


def _notice(side: Side) -> int:
    return HallNotice.objects.everywhere().get(mall=side.mall).pk


def _first_call(side: Side) -> int:
    is_foreign = side.mall.slug != "barru"
    return SPOKEN_BEFORE + 1 if is_foreign else 1
