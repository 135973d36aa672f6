"""The desks of a measurement: python -m tests.bench.desks FOLDER

Adds a counter, an officer who is signed in and has it open, and the voice of its zone to every
mall of `world`; adds their first keys to FOLDER/keys.txt, and the table bench_desk with what an
officer's browser sends.
"""

import argparse
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

from tests.bench.world import TOKEN, WEEK


def main() -> None:
    """Make them in the database of this environment."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    django.setup()
    build(parser.parse_args().folder)


def build(folder: Path) -> None:
    """Make the rows, and note their keys."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.db import connection

    from gerai import clock
    from gerai.directory import models as directory
    from gerai.people import models as people
    from gerai.people.roles import Role
    from gerai.queue import models as queue

    now = clock.now()
    agencies = list(directory.Agency.objects.everywhere().select_related("mall").order_by("mall"))

    def made(model: Any, **fields: object) -> list:
        """Make a row for each mall. fields: values, or lists of them in the order of malls."""
        rows = [
            model(
                mall=agency.mall,
                **{
                    name: value[n] if isinstance(value, list) else value
                    for name, value in fields.items()
                },
            )
            for n, agency in enumerate(agencies)
        ]
        return model.objects.everywhere().bulk_create(rows, batch_size=2000)

    officers = people.User.objects.bulk_create(
        people.User(username=f"ukur-{n}", name="Petugas", password="!", created_at=now)
        for n in range(len(agencies))
    )
    made(people.Membership, user=officers, role=Role.OFFICER.value)
    made(directory.Posting, user=officers, agency=agencies)
    floors = made(directory.Floor, number=1, name="Lantai 1")
    zones = made(directory.Zone, floor=floors, code="A", name="Zona A")
    counters = made(directory.Counter, zone=zones, code="1", position=1)
    for day in WEEK:
        made(directory.CounterShare, counter=counters, agency=agencies, weekday=day)
    made(queue.Desk, counter=counters, officer=officers, opened_at=now)
    made(queue.ZoneVoice, zone=zones)
    sessions = []
    for officer in officers:
        told = {
            SESSION_KEY: str(officer.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: officer.get_session_auth_hash(),
        }
        store = SessionStore()
        sessions.append(
            Session(
                session_key=f"ukur{officer.pk:028}",
                session_data=store.encode(told),
                expire_date=now + timedelta(days=1),
            )
        )
    Session.objects.bulk_create(sessions)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_desk (mall_id bigint, host text, cookie text)")
        cursor.executemany(
            "INSERT INTO bench_desk VALUES (%s, %s, %s)",
            [
                (
                    agency.mall_id,
                    f"{agency.mall.slug}.localhost",
                    f"csrftoken={TOKEN}; sessionid={session.session_key}",
                )
                for agency, session in zip(agencies, sessions, strict=True)
            ],
        )
    with (folder / "keys.txt").open("a") as keys:
        for name, rows in (("zone0", zones), ("counter0", counters), ("user0", officers)):
            assert rows[-1].pk == rows[0].pk + len(rows) - 1, "the keys of a fresh database run on"
            keys.write(f"{name}={rows[0].pk}\n")


if __name__ == "__main__":
    main()
