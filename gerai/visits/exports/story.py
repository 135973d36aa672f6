"""A draft for the newsroom: facts of a visit in plain sentences, and no more than was agreed."""

from collections.abc import Sequence

from gerai import clock
from gerai.newsroom.actions.drafting import Draft, DraftPicture
from gerai.visits.exports.presence import place_of
from gerai.visits.exports.report import Told
from gerai.visits.exports.words import date_words, day_words, hour_words, listed, local_day
from gerai.visits.models import Photo

MOST_TITLES = 6
MOST_QUESTIONS = 3
MOST_PICTURES = 8


def story_of(told: Told, photos: Sequence[Photo], *, has_next: bool) -> Draft:
    """Return the draft: who came from where, when, what was done; no names of persons.

    Quotes are impressions whose giver agrees, pictures those on which all agree.
    """
    visit, mall = told.visit, told.mall
    moment = visit.starts_at or visit.asked_at
    day = local_day(moment, mall)
    relation = visit.relation
    lead = (
        f"{relation.institution}, {relation.region_name}, berkunjung ke {mall.name} "
        f"pada {day_words(day)} untuk belajar tentang mal pelayanan publik."
    )
    return Draft(
        title=f"Rombongan {relation.region_name} belajar di {mall.name}",
        summary=lead,
        place=mall.name,
        event_on=day,
        paragraphs=[lead, *_paragraphs(told, has_next=has_next)],
        facts_title="Tentang kunjungan ini",
        facts=_facts(told),
        quotes=[(each.words, each.name or "Seorang tamu") for each in told.quotable],
        pictures=[_picture(told, photo, number) for number, photo in enumerate(photos, start=1)],
        credit=f"Catatan kunjungan {mall.name}",
        topics=["studi tiru", relation.region_name],
    )


def _paragraphs(told: Told, *, has_next: bool) -> list[str]:
    found = [_who(told)]
    if told.book is not None and told.book.received_at is not None:
        when = hour_words(told.book.received_at, told.mall)
        found.append(f"Rombongan diterima pukul {when} di {place_of(told.visit, told.mall)}.")
    if told.programme:
        items = listed([f"“{item.title}”" for item in told.programme])
        found.append(f"Acaranya: {items}.")
    if told.questions:
        asked = listed([f"“{each.text}”" for each in told.questions[:MOST_QUESTIONS]])
        found.append(
            f"Tamu mengajukan {len(told.questions)} pertanyaan"
            f"{', antara lain' if len(told.questions) > MOST_QUESTIONS else ':'} {asked}."
        )
    if has_next:
        found.append("Rombongan mengajukan kunjungan lanjutan.")
    return found


def _who(told: Told) -> str:
    count = len(told.present) or told.visit.size
    leader = told.visit.leader_title or "ketua rombongan"
    titles = [
        guest.title
        for guest in told.present
        if guest.title and not guest.is_leader and guest.title != told.visit.leader_title
    ]
    seen = list(dict.fromkeys(titles))[:MOST_TITLES]
    joined = f" Ikut serta antara lain {listed(seen)}." if seen else ""
    return f"Rombongan berjumlah {count} orang dan dipimpin oleh {leader}.{joined}"


def _facts(told: Told) -> list[str]:
    facts = [f"Nomor kunjungan: {told.visit.reference}", f"Tujuan: {told.visit.purpose}"]
    facts += [f"Tindak lanjut: {each.text}" for each in told.follow_ups]
    ratings = told.ratings
    if ratings:
        mean = f"{sum(ratings) / len(ratings):.1f}".replace(".", ",")
        facts.append(f"Nilai dari tamu: {mean} dari 4 ({len(ratings)} penilaian)")
    return facts


def _picture(told: Told, photo: Photo, number: int) -> DraftPicture:
    ending = "png" if photo.attachment.content_type == "image/png" else "jpg"
    agreed = date_words(clock.local_day(photo.attachment.added_at, told.mall.zone))
    return DraftPicture(
        content=bytes(photo.attachment.data),
        name=f"kunjungan-{told.visit.pk}-{number}.{ending}",
        title=photo.caption or f"Kunjungan {told.visit.relation.region_name}, foto {number}",
        caption=photo.caption,
        credit=f"Foto: {told.mall.name}",
        rights_note=f"Semua yang terlihat setuju fotonya dipakai; dicatat {agreed}.",
    )
