"""What a mall of the world has of visits, founding, blueprint and presentation."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gerai import clock
from gerai.blueprint.actions.exporting import export_blueprint
from gerai.blueprint.actions.taking import hold
from gerai.blueprint.models import Arrival, Part, PartState, Source
from gerai.directory.actions.agreements import plan_agreement
from gerai.directory.actions.facilities import set_facility, set_guide
from gerai.directory.models import Agency, Agreement, Facility, Guide, GuideKind
from gerai.founding.actions import books
from gerai.founding.actions.documents import issue as write_document
from gerai.founding.models import Step
from gerai.founding.queries.documents import draft_with
from gerai.founding.tests.factories import a_founding
from gerai.malls.scope import current_mall
from gerai.papers.actions import attach
from gerai.papers.models import Attachment, Paper
from gerai.papers.queries import pdf_of_sheet
from gerai.papers.tests.factories import a_letter, a_paper
from gerai.people import audit
from gerai.people.models import User
from gerai.showcase.actions import decks, sessions
from gerai.showcase.models import Deck, Session, Slide, TourNote
from gerai.showcase.queries.decks import guest_token
from gerai.showcase.queries.photos import thing_of
from gerai.visits.actions import after, album, impressions, preparing, questions
from gerai.visits.actions.settings import keep_day_free
from gerai.visits.models import (
    Answer,
    ClosedDay,
    FollowUp,
    Guest,
    GuestBook,
    Impression,
    Material,
    Photo,
    Question,
    Side,
    Visit,
)
from gerai.visits.tests.factories import THURSDAY
from gerai.visits.tests.received import a_listed_guest, a_photo_file, a_received_visit

SYSTEM = audit.SYSTEM
DOCUMENT = "request_letter"


@dataclass
class Learning:
    """One of every kind of row of the rooms above the queue."""

    agreement: Agreement
    facility: Facility
    guide: Guide
    visit: Visit
    book: GuestBook
    guest: Guest
    question: Question
    answer: Answer
    photo: Photo
    impression: Impression
    follow_up: FollowUp
    material: Material
    closed_day: ClosedDay
    report: Paper
    step: Step
    evidence: Attachment
    lines: dict[str, Any]
    letter: Paper
    earlier_letter: Paper
    arrival: Arrival
    proposal: Part
    deck: Deck
    slide: Slide
    slide_photo: Attachment
    session: Session
    tour_note: TourNote
    welcome: str


def a_learning(word: str, *, agency: Agency, host: User) -> Learning:
    """Make all of it in the mall in scope; `word` stands in every text of it."""
    agreement = plan_agreement(agency, number=f"PKS{word}", by=SYSTEM)
    facility = set_facility(code="f", name=f"Fasilitas{word}", by=SYSTEM)
    guide = set_guide(
        code="p", kind=GuideKind.FLOW, title=f"Pedoman{word}", text=f"Isi{word}", by=SYSTEM
    )
    return Learning(
        agreement=agreement,
        facility=facility,
        guide=guide,
        **_a_visit(word, host),
        **_a_founding(word),
        **_papers(word),
        **_a_blueprint(word),
        **_a_presentation(word, agency),
    )


def _a_visit(word: str, host: User) -> dict[str, Any]:
    mall = current_mall()
    visit = a_received_visit(
        host=host, secret=f"{mall.pk:032}", leader_name=f"Pimpinan{word}", purpose=f"Belajar{word}"
    )
    book = GuestBook.objects.get(visit=visit)
    question = questions.note_question(visit, text=f"Pertanyaan{word}", by=SYSTEM)
    answer = preparing.answer_question(question, f"Jawaban{word}", by=SYSTEM)
    photos = album.add_photos(
        visit, [a_photo_file()], caption=f"Foto{word}", all_agree=True, by=SYSTEM
    )
    impression = impressions.give_impression(
        book, key=f"kesan-{mall.pk}", words=f"Kesan{word}", rating=4, name="", may_publish=True
    )
    keep_day_free(THURSDAY, reason=f"Rapat{word}", by=SYSTEM)
    return {
        "visit": visit,
        "book": book,
        "guest": a_listed_guest(visit, f"Tamu{word}"),
        "question": question,
        "answer": answer,
        "photo": photos[0],
        "impression": impression,
        "follow_up": after.add_follow_up(
            visit,
            text=f"Kirim naskah{word}",
            owner_name=f"Pemilik{word}",
            side=Side.HOST,
            due_on=THURSDAY,
            by=SYSTEM,
        ),
        "material": preparing.offer_material(
            visit,
            title=f"Materi{word}",
            kind="slides",
            available_until=THURSDAY + timedelta(days=90),
            file=_pdf(),
            guide=None,
            by=SYSTEM,
        ),
        "closed_day": ClosedDay.objects.get(),
        "report": after.issue_report(visit, by=SYSTEM),
    }


def _a_founding(word: str) -> dict[str, Any]:
    a_founding(leader=f"Bupati{word}")
    step = Step.objects.order_by("pk")[0]
    today = clock.local_day(clock.now(), current_mall().zone)
    draft = draft_with(DOCUMENT)
    assert draft is not None
    write_document(draft, by=SYSTEM)
    facts: dict[str, dict[str, Any]] = {
        "decision": {"on": today, "text": f"Putusan{word}", "decided_by": "Bupati"},
        "guidance": {"on": today, "channel": "letter", "who": "K", "advice": f"Saran{word}"},
        "risk": {"kind": "other", "title": f"Risiko{word}", "likelihood": 1, "weight": 1},
        "staff_role": {"name": f"Peran{word or ' lain'}"},
        "trial_day": {"on": today, "findings": f"Temuan{word}"},
        "legal_setting": {"topic": f"Dasar{word or ' lain'}"},
    }
    return {
        "step": step,
        "evidence": attach(_pdf(), thing=f"step:{step.pk}", kind="evidence", by=SYSTEM),
        "lines": {book: books.write(book, by=SYSTEM, **told) for book, told in facts.items()},
    }


def _papers(word: str) -> dict[str, Any]:
    earlier = a_paper(a_letter(title=f"Surat{word}"), thing="world:1")
    later = a_paper(a_letter(title=f"Surat baru{word}"), thing="world:1", is_verifiable=True)
    return {"earlier_letter": earlier, "letter": later}


def _a_blueprint(word: str) -> dict[str, Any]:
    mall, now = current_mall(), clock.now()
    founder = User.objects.get(memberships__mall=mall, memberships__role="founder")
    arrival = hold(export_blueprint(by=SYSTEM).content, sender=founder)
    source = Source.objects.create(
        mall=mall,
        slug="teladan",
        name=f"Teladan{word}",
        installation="0" * 32,
        public_key="A" * 44,
        licence="CC0-1.0",
        first_at=now,
        issued_at=now,
    )
    proposal = Part.objects.create(
        mall=mall,
        source=source,
        kind="guide",
        key="p",
        known_by="p",
        content={"kind": "flow", "title": f"Usulan{word}", "text": "Isi", "source": ""},
        fingerprint="0" * 64,
        state=PartState.PROPOSED,
        issued_at=now,
        changed_at=now,
    )
    return {"arrival": arrival, "proposal": proposal}


def _a_presentation(word: str, agency: Agency) -> dict[str, Any]:
    deck = decks.make_deck(title=f"Presentasi{word}", guests=f"Tamu{word}", by=SYSTEM)
    slide = decks.add_slide(deck, kind="photo", by=SYSTEM)
    decks.change_slide(
        slide,
        title=f"Gedung{word}",
        text="",
        notes="",
        photo=a_photo_file(),
        caption=f"Gedung{word}",
        by=SYSTEM,
    )
    decks.note_for_tour(agency, question=f"Tanya{word}", answer=f"Jawab{word}", by=SYSTEM)
    return {
        "deck": deck,
        "slide": slide,
        "slide_photo": Attachment.objects.get(thing=thing_of(slide.pk)),
        "session": sessions.begin(deck=deck, guests=f"Tamu{word}", by=SYSTEM),
        "tour_note": TourNote.objects.get(agency=agency),
        "welcome": guest_token(deck=deck, guests=f"Tamu{word}"),
    }


def _pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("berkas.pdf", pdf_of_sheet(a_letter()), "application/pdf")
