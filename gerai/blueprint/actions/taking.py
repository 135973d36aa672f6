"""Taking a blueprint file into the mall in scope: drafts, proposals, and who may sign."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.blueprint import signing
from gerai.blueprint.actions.writing import Writer
from gerai.blueprint.exports import parts_here
from gerai.blueprint.models import Arrival, Part, PartState, SigningKey, Source
from gerai.blueprint.queries import refusal_words, source_of, unusable_words
from gerai.blueprint.reading import Blueprint, FilePart, PartKey, Unusable, read
from gerai.blueprint.shape import MEASURE
from gerai.errors import Refused
from gerai.insights.actions import keep_model
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.people.models import User
from gerai.transactions import inside_transaction, one_transaction, refused_as

# In an open mall these may come as drafts that nobody sees; everything else is proposed.
HIDDEN_AT_FIRST = frozenset({"agency", "service", "line", "agreement", "facility"})
HELD_FOR = timedelta(days=1)


class UnusableFile(Refused):
    """The file is no blueprint that can be taken."""

    message = _("Berkas ini bukan cetak biru yang dapat dipakai.")
    status = 400


class OtherKey(Refused):
    """The source is known, but another key signed the file."""

    message = _("Berkas ini ditandatangani kunci lain daripada yang dikenal dari sumber ini.")


class KeyGone(Refused):
    """The source has another key meanwhile."""

    message = _("Sumber ini sudah berubah. Buka lagi kirimannya, lalu coba lagi.")


class Busy(Refused):
    """Somebody wrote the same rows at the same moment."""

    message = _("Isi mal sedang diubah orang lain. Tidak ada yang diambil; coba lagi.")


@dataclass(frozen=True)
class RefusedPart:
    """A part that was not taken, and why in words."""

    kind: str
    key: str
    reason: str


@dataclass
class Taken:
    """What became of the parts of a file. Of those taken, `drafted` are written already."""

    taken: int = 0
    unchanged: int = 0
    drafted: int = 0
    refused: list[RefusedPart] = field(default_factory=list)


def read_file(data: bytes) -> Blueprint:
    """Return what a file says.

    :raises UnusableFile: in words what is wrong with it
    """
    try:
        return read(data)
    except Unusable as unusable:
        raise UnusableFile(unusable_words(unusable)) from unusable


@refused_as(Busy)
@one_transaction
def take(
    file: Blueprint,
    *,
    by: audit.Actor,
    kinds: Collection[str] | None = None,
    chosen: Collection[PartKey] | None = None,
    arrival: Arrival | None = None,
) -> Taken:
    """Take a file, or the kinds or parts chosen of it; the same file again changes nothing.

    arrival: where it was held; it is dropped.

    :raises OtherKey: its source signed with another key before
    """
    # Two files at once would both find a code free.
    mall = Mall.objects.select_for_update().get(pk=current_mall().pk)
    source = _source(file)
    work = _Taking(file, source, is_founding=mall.is_founding, by=by)
    for part in file.parts:
        if _is_chosen(part.kind, part.known_by, kinds, chosen):
            work.take(part)
    work.remember()
    for bad in file.bad:
        if chosen is None and (kinds is None or bad.kind in kinds):
            work.result.refused.append(RefusedPart(bad.kind, bad.key, refusal_words(bad)))
    if file.measures and chosen is None and (kinds is None or MEASURE in kinds):
        work.keep_measures()
    if work.result.drafted:
        work.writer.settle()
    audit.record(
        "blueprint.take",
        thing=f"source:{source.pk}",
        by=by,
        taken=work.result.taken,
        unchanged=work.result.unchanged,
        refused=len(work.result.refused),
    )
    if arrival is not None:
        Arrival.objects.filter(pk=arrival.pk).delete()
    return work.result


def hold(data: bytes, *, sender: User) -> Arrival:
    """Keep a file that was sent until it was looked at; drop the sender's others, and old ones.

    :raises UnusableFile: in words what is wrong with it
    """
    # Read before anything is locked: a large file takes its time.
    read_file(data)
    return _hold(data.decode("utf-8-sig"), sender=sender)


@one_transaction
def _hold(content: str, *, sender: User) -> Arrival:
    now = clock.now()
    Arrival.objects.filter(at__lt=now - HELD_FOR).delete()
    Arrival.objects.filter(sender=sender).delete()
    arrival: Arrival = Arrival.objects.create(
        mall=current_mall(), content=content, at=now, sender=sender
    )
    return arrival


@one_transaction
def drop(pk: int, *, sender: User) -> bool:
    """Forget a file without reading it; return whether its sender had one."""
    gone, _rows = Arrival.objects.filter(pk=pk, sender=sender).delete()
    return bool(gone)


@one_transaction
def accept_key(file: Blueprint, *, by: audit.Actor) -> None:
    """Trust the key that signed a file for its source from now on.

    :raises KeyGone: the source is not known, or has this key already
    """
    source = source_of(file)
    if source is None or source.public_key == file.public_key:
        raise KeyGone
    moved = Source.objects.filter(pk=source.pk, public_key=source.public_key).update(
        public_key=file.public_key, installation=file.installation
    )
    if not moved:
        raise KeyGone
    audit.record("blueprint.accept_key", thing=f"source:{source.pk}", by=by)


class _Taking:
    """One file being taken."""

    def __init__(
        self, file: Blueprint, source: Source, *, is_founding: bool, by: audit.Actor
    ) -> None:
        self.file = file
        self.source = source
        self.is_founding = is_founding
        self.writer = Writer(by=by, is_active=is_founding)
        self.result = Taken()
        self.notes: list[Part] = []
        self.local = parts_here()
        self.held = {
            PartKey(part.kind, part.known_by): part for part in Part.objects.filter(source=source)
        }

    def take(self, part: FilePart) -> None:
        """Take one part, count it, or say why not."""
        held = self.held.get(part.known_by)
        here = self.local.get(part.known_by)
        if held is not None and (
            held.fingerprint == part.fingerprint or held.issued_at > self.file.issued_at
        ):
            self.result.unchanged += 1
        elif here is not None and here.says(part.content):
            if held is not None:
                self._note(part, PartState.ACCEPTED, taken=part)
            self.result.unchanged += 1
        elif held is None and here is None and self._may_draft(part):
            self._draft(part)
        else:
            self._note(part, PartState.PROPOSED, taken=None)
            self.result.taken += 1

    def keep_measures(self) -> None:
        """Keep the model's figures, unless newer ones are kept or they are our own."""
        source, file = self.source, self.file
        own = SigningKey.objects.filter(installation=file.installation).exists()
        is_ours = own and source.slug == current_mall().slug
        if is_ours or (source.measured_at and source.measured_at >= file.issued_at):
            return
        try:
            keep_model(
                identity=f"blueprint:{source.region_code}/{source.slug}",
                name=source.name,
                region_code=source.region_code,
                values=[_value(measure) for measure in file.measures],
                by=self.writer.by,
                until=date.fromisoformat(max(measure["until"] for measure in file.measures)),
            )
        except (Refused, ValueError):
            reason = translated("Angka ini tidak dapat dibaca di sini.")
            self.result.refused.append(RefusedPart(MEASURE, source.slug, reason))
            return
        Source.objects.filter(pk=source.pk).update(measured_at=file.issued_at)

    def _may_draft(self, part: FilePart) -> bool:
        return self.is_founding or part.kind in HIDDEN_AT_FIRST

    def _draft(self, part: FilePart) -> None:
        try:
            self.writer.write(part)
        except Refused as refused:
            self.result.refused.append(RefusedPart(part.kind, part.key, str(refused)))
            return
        self._note(part, PartState.DRAFTED, taken=part)
        self.result.taken += 1
        self.result.drafted += 1

    def _note(self, part: FilePart, state: PartState, *, taken: FilePart | None) -> None:
        held = self.held.get(part.known_by)
        before = held.taken if held else None
        self.notes.append(
            Part(
                mall=current_mall(),
                source=self.source,
                kind=part.kind,
                known_by=part.known_by.key,
                key=part.key,
                content=part.content,
                fingerprint=part.fingerprint,
                state=state,
                taken=taken.content if taken else before,
                issued_at=self.file.issued_at,
                changed_at=clock.now(),
            )
        )

    @inside_transaction
    def remember(self) -> None:
        """Write down where the parts came from and what became of them."""
        Part.objects.bulk_create(
            self.notes,
            batch_size=200,
            update_conflicts=True,
            unique_fields=["source", "kind", "known_by"],
            update_fields=[
                "key",
                "content",
                "fingerprint",
                "state",
                "taken",
                "issued_at",
                "changed_at",
            ],
        )


def _value(measure: dict[str, Any]) -> dict[str, Any]:
    numbers = {
        name: None if measure[name] is None else float(measure[name])
        for name in ("value", "low", "high")
    }
    return {**measure, **numbers}


def _is_chosen(
    kind: str,
    known_by: PartKey,
    kinds: Collection[str] | None,
    chosen: Collection[PartKey] | None,
) -> bool:
    return (kinds is None or kind in kinds) and (chosen is None or known_by in chosen)


@inside_transaction
def _source(file: Blueprint) -> Source:
    """Return the source of a file, remembered with its key from the first file on."""
    standing = source_of(file)
    if standing is not None and standing.public_key != file.public_key:
        raise OtherKey(
            translated(
                "Berkas ini mengaku dari %(name)s, tetapi ditandatangani kunci lain "
                "(%(new)s) daripada yang dikenal (%(old)s). Tanyakan kepada mal itu. "
                "Kunci baru hanya dipakai setelah Anda menerimanya."
            )
            % {
                "name": standing.name,
                "new": signing.print_of(file.public_key),
                "old": signing.print_of(standing.public_key),
            }
        )
    if standing is not None and standing.issued_at > file.issued_at:
        # What a newer file said of the source holds.
        return standing
    now = clock.now()
    opened_on = file.mall["opened_on"]
    said = {
        "name": file.mall["name"],
        "opened_on": date.fromisoformat(opened_on) if opened_on else None,
        "installation": file.installation,
        "licence": file.licence,
        "issued_at": file.issued_at,
    }
    source, _is_new = Source.objects.update_or_create(
        mall=current_mall(),
        slug=file.mall["slug"],
        region_code=file.mall["region_code"],
        defaults=said,
        create_defaults=said | {"public_key": file.public_key, "first_at": now},
    )
    return source
