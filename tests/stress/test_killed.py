"""Web processes die in the middle: nothing acknowledged is lost, doubled or spoken twice."""

import secrets
import threading
import time

import pytest
from django.core.management import call_command

from gerai.directory.models import Posting
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.queue.actions import calling, desks, serving
from gerai.queue.models import Call, LineService, Ticket
from gerai.queue.queries.desks import counters_for
from tests.serving import Browser, Server, server

pytestmark = [pytest.mark.stress, pytest.mark.usefixtures("installation")]

KIOSKS = 6
EACH = 40
KILLS = 3


def take_numbers(port: int, service_id: int, acknowledged: dict[str, str]) -> None:
    kiosk = Browser(port, "/kios/")
    kiosk.ask("GET", f"/kios/layanan/{service_id}/ambil/")
    for _ in range(EACH):
        key = secrets.token_urlsafe(24)
        answer = kiosk.send(f"/kios/layanan/{service_id}/ambil/", key=key, group="ordinary")
        assert answer.status_code == 302, answer.text
        acknowledged[key] = answer.headers["location"]


def speak(port: int, zone: str, heard: list[int], is_over: threading.Event) -> None:
    """Behave as the screen's script: claim, speak, remember, confirm."""
    screen = Browser(port, f"/layar/?zona={zone}")
    remembered: set[int] = set()
    while True:
        answer = screen.send(f"/layar/ucapan/?zona={zone}", browser="layar-uji")
        if answer.status_code == 204:
            if is_over.is_set():
                return
            time.sleep(0.05)
            continue
        assert answer.status_code == 200, answer.text
        sequence = answer.json()["sequence"]
        if sequence not in remembered:
            heard.append(sequence)
            remembered.add(sequence)
        screen.send(f"/layar/ucapan/{sequence}/?zona={zone}", browser="layar-uji")


def kill_some(running: Server) -> int:
    killed = 0
    for _ in range(KILLS):
        time.sleep(1.5)
        workers = running.workers()
        if workers:
            workers[0].kill()
            killed += 1
    return killed


def test_killing_web_processes_loses_doubles_and_repeats_nothing(tmp_path):
    call_command("sample")
    with in_mall(Mall.objects.get(slug="barru")):
        posting = Posting.objects.filter(agency__lines__isnull=False).first()
        assert posting is not None
        counter = counters_for(posting.user)[0].counter
        desk = desks.open_desk(counter, officer=posting.user, by=SYSTEM)
        service_id = LineService.objects.filter(line__agency=posting.agency)[0].service_id
        before = Ticket.objects.filter(line__agency=posting.agency).count()
    acknowledged: dict[str, str] = {}
    heard: list[int] = []
    is_over = threading.Event()
    with server(tmp_path / "log", processes=3) as running:
        kiosks = [
            threading.Thread(target=take_numbers, args=(running.port, service_id, acknowledged))
            for _ in range(KIOSKS)
        ]
        screen = threading.Thread(
            target=speak, args=(running.port, counter.zone.code, heard, is_over)
        )
        for thread in (*kiosks, screen):
            thread.start()
        killed = kill_some(running)
        for thread in kiosks:
            thread.join(120)
        with in_mall(Mall.objects.get(slug="barru")):
            for _ in range(25):
                ticket = calling.call_next(desk, by=SYSTEM)
                serving.start(ticket, by=SYSTEM)
                serving.finish(ticket, by=SYSTEM)
        running.a_worker().kill()
        is_over.set()
        screen.join(120)
        again = Browser(running.port, "/kios/")
        again.ask("GET", f"/kios/layanan/{service_id}/ambil/")
        repeated = {
            key: again.send(
                f"/kios/layanan/{service_id}/ambil/", key=key, group="ordinary"
            ).headers["location"]
            for key in list(acknowledged)[:20]
        }
    assert killed == KILLS
    assert len(acknowledged) == KIOSKS * EACH
    assert repeated == {key: acknowledged[key] for key in repeated}
    with in_mall(Mall.objects.get(slug="barru")):
        tickets = Ticket.objects.filter(visit__idempotency_key__in=acknowledged)
        assert tickets.count() == len(acknowledged)
        numbers = sorted(
            ticket.number or 0 for ticket in Ticket.objects.filter(line=tickets[0].line_id)
        )
        assert numbers == list(range(1, before + len(acknowledged) + 1))
        called = list(
            Call.objects.filter(zone=counter.zone_id)
            .order_by("sequence")
            .values_list("sequence", flat=True)
        )
        assert heard == called
        assert set(Call.objects.filter(zone=counter.zone_id).values_list("speech", flat=True)) == {
            "spoken"
        }
