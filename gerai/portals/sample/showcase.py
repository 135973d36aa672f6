"""A deck for the sample, and a past: half a year of numbers and a year's ratings.

The past is written in one go, as a restored copy of an older installation would bring it;
played through the actions it would take minutes.
"""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Final

from gerai import clock
from gerai.directory.models import Service
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.audit import Actor
from gerai.portals.sample.last_day import last_day
from gerai.portals.sample.whole import fill_once
from gerai.queue.models import Desk, Door, Group, Line, LineDay, Step, Ticket, Visit
from gerai.queue.states import State, Verb
from gerai.showcase.actions.decks import add_slide, change_slide, make_deck
from gerai.showcase.models import Deck, Slide, SlideKind
from gerai.survey.models import Rating
from gerai.transactions import one_transaction

DECK: Final = "Contoh: paparan untuk rombongan"
GUESTS: Final = "Pemerintah Kabupaten Contoh"
WORDS: Final = (
    "Apa yang kami pelajari",
    (
        "- Komitmen pimpinan datang paling dahulu.\n"
        "- Syarat, waktu, dan biaya ditulis sebelum nomor diambil.\n"
        "- Loket yang kosong harus terlihat, juga oleh pengawas.\n"
        "- Yang diukur akan membaik; yang disembunyikan tidak."
    ),
)
DAYS: Final = 178
WEEKEND: Final = 5
A_DAY: Final = 46
# How many come in each hour from eight to three, of twenty.
HOURS: Final = (4, 5, 4, 2, 1, 2, 2)
# The mean of an answer of 1 to 4, by element.
LIKED: Final = (3.5, 3.4, 3.1, 3.8, 3.5, 3.6, 3.7, 3.2, 3.3)


def fill_showcase(mall: Mall, by: Actor) -> bool:
    """Arrange a deck with a slide of its own, once; return whether it changed anything."""
    with in_mall(mall):
        return fill_once("paparan", lambda: _arrange(by), stands=Deck.objects.exists)


def _arrange(by: Actor) -> None:
    deck = Deck.objects.filter(title=DECK).first() or make_deck(title=DECK, guests=GUESTS, by=by)
    own = Slide.objects.filter(deck=deck, kind=SlideKind.TEXT).first()
    slide = own or add_slide(deck, kind=SlideKind.TEXT, by=by)
    title, text = WORDS
    change_slide(slide, title=title, text=text, notes="Contoh catatan pembicara.", by=by)


def fill_past(mall: Mall) -> bool:
    """Give a sample mall half a year of visits and ratings before today, once."""
    with in_mall(mall):
        today = clock.local_day(clock.now(), mall.zone)
        lines = list(
            Line.objects.filter(is_active=True)
            .select_related("agency")
            .prefetch_related("services")
        )
        if not mall.is_sample or not lines or Visit.objects.filter(day__lt=today).exists():
            return False
        _past(mall, today, lines)
    return True


@one_transaction
def _past(mall: Mall, today: date, lines: list[Line]) -> None:
    dice = random.Random(mall.slug)  # noqa: S311 - the same past each time
    weights = [max(26 - 3 * place, 3) for place in range(len(lines))]
    services = {line.pk: list(line.services.order_by("pk")) for line in lines}
    visits, tickets, steps = [], [], []
    days = [today - timedelta(days=back) for back in range(DAYS, 0, -1)]
    *earlier, last = [day for day in days if day.weekday() < WEEKEND]
    for day in earlier:
        back = (today - day).days
        for _visitor in range(_crowd(day, back, dice)):
            line = dice.choices(lines, weights)[0]
            if not services[line.pk]:
                continue
            visit, ticket, own = _visit(mall, day, line, dice.choice(services[line.pk]), dice)
            visits.append(visit)
            tickets.append(ticket)
            steps += own
    record = last_day(mall, last, lines, services)
    Desk.objects.bulk_create(record.desks)
    visits += record.visits
    tickets += record.tickets
    steps += record.steps
    Visit.objects.bulk_create(visits, batch_size=400)
    Ticket.objects.bulk_create(tickets, batch_size=400)
    LineDay.objects.bulk_create(_given_out(mall, tickets), batch_size=400)
    Step.objects.bulk_create(steps, batch_size=400)
    done = [ticket for ticket in tickets if ticket.state == State.DONE]
    Rating.objects.bulk_create(
        [_rating(mall, ticket, dice) for ticket in dice.sample(done, min(len(done) // 9, 420))],
        batch_size=400,
    )


def _given_out(mall: Mall, tickets: list[Ticket]) -> list[LineDay]:
    counts = Counter((ticket.line, ticket.day) for ticket in tickets)
    return [
        LineDay(mall=mall, line=line, day=day, last_number=count)
        for (line, day), count in counts.items()
    ]


def _crowd(day: date, back: int, dice: random.Random) -> int:
    by_weekday = (1.25, 1.05, 1.0, 0.9, 0.72)[day.weekday()]
    growth = 1.25 - 0.55 * back / DAYS
    return max(4, round(A_DAY * by_weekday * growth * dice.uniform(0.72, 1.28)))


def _visit(
    mall: Mall, day: date, line: Line, service: Service, dice: random.Random
) -> tuple[Visit, Ticket, list[Step]]:
    hour = dice.choices(range(8, 15), HOURS)[0]
    came = clock.at(day, hour, dice.randrange(60), mall.zone)
    key = f"contoh-{day:%y%m%d}-{dice.getrandbits(64):016x}"
    visit = Visit(
        mall=mall,
        token=key[:32],
        code="000000",
        day=day,
        door=dice.choice([Door.KIOSK, Door.KIOSK, Door.PHONE, Door.GREETER]),
        group=dice.choice([Group.ORDINARY] * 8 + [Group.ELDERLY, Group.CHILD]),
        idempotency_key=key,
        came_at=came,
    )
    is_absent = dice.random() < 0.05  # noqa: PLR2004
    called = came + timedelta(minutes=dice.expovariate(1 / 9) + 1)
    begun = called + timedelta(seconds=40)
    done = begun + timedelta(minutes=max(2, dice.gauss(line.usual_minutes, 3)))
    state = State.ABSENT if is_absent else State.DONE
    ticket = Ticket(
        mall=mall,
        visit=visit,
        line=line,
        service=service,
        day=day,
        label=f"{line.code}000",
        state=state,
        arrived_at=came,
        times_called=1,
    )
    moves = [(Verb.TAKE, State.WAITING, came), (Verb.CALL, State.CALLED, called)]
    if is_absent:
        moves.append((Verb.MISS, State.ABSENT, begun))
    else:
        moves += [(Verb.START, State.SERVING, begun), (Verb.FINISH, State.DONE, done)]
    steps = [Step(mall=mall, ticket=ticket, verb=verb, state=to, at=at) for verb, to, at in moves]
    return visit, ticket, steps


def _rating(mall: Mall, ticket: Ticket, dice: random.Random) -> Rating:
    mood = dice.gauss(0, 0.35)
    answers = {
        f"u{number}": min(4, max(1, round(dice.gauss(liked + mood, 0.5))))
        for number, liked in enumerate(LIKED, start=1)
    }
    return Rating(
        mall=mall,
        agency_id=ticket.line.agency_id,
        service_id=ticket.service_id,
        day=ticket.day,
        door="phone",
        **answers,
    )
