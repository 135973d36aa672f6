"""The malls of a measurement: each with a line that has begun its day, a service and a kiosk.

python -m tests.bench.world FOLDER [--malls 500]

Writes FOLDER/takes.txt (one request a line: host, path, fields, cookie, without the idempotency
key) and FOLDER/keys.txt with the first keys of the rows.
"""

import argparse
from datetime import time
from pathlib import Path

import django

TOKEN = "Contoh0Contoh1Contoh2Contoh3Cont"
WEEK = range(7)


def main() -> None:
    """Make the malls in the database of this environment."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--malls", type=int, default=500)
    told = parser.parse_args()
    django.setup()
    build(told.folder, malls=told.malls)


def build(folder: Path, *, malls: int) -> None:
    """Make the rows and write the requests."""
    from django.core import signing

    from gerai import clock
    from gerai.directory import models as directory
    from gerai.directory.guard import cookie_name
    from gerai.malls.models import Mall
    from gerai.queue import models as queue

    made = Mall.objects.bulk_create(
        Mall(
            slug=f"ukur-{n}",
            name=f"MPP Contoh {n}",
            region_code="73.11",
            zone="Asia/Makassar",
            joint_leave_closes=False,
        )
        for n in range(malls)
    )
    many = {"batch_size": 2000}
    agencies = directory.Agency.objects.everywhere().bulk_create(
        [
            directory.Agency(
                mall=mall, code="contoh", name="Dinas Contoh", short_name="Contoh", kind="opd"
            )
            for mall in made
        ],
        **many,
    )
    services = directory.Service.objects.everywhere().bulk_create(
        [
            directory.Service(mall=mall, agency=agency, code="L1", name="Layanan Contoh")
            for mall, agency in zip(made, agencies, strict=True)
        ],
        **many,
    )
    directory.WeeklyHours.objects.everywhere().bulk_create(
        [
            directory.WeeklyHours(mall=mall, weekday=day, opens=time(0), closes=time(23, 59, 59))
            for mall in made
            for day in WEEK
        ],
        **many,
    )
    today = clock.local_day(clock.now(), made[0].zone)
    directory.SpecialDay.objects.everywhere().bulk_create(
        directory.SpecialDay(mall=mall, on=today, kind="open", name="Contoh") for mall in made
    )
    lines = queue.Line.objects.everywhere().bulk_create(
        [
            queue.Line(mall=mall, agency=agency, code="A", name="Antrean Contoh")
            for mall, agency in zip(made, agencies, strict=True)
        ],
        **many,
    )
    queue.LineService.objects.everywhere().bulk_create(
        [
            queue.LineService(mall=mall, line=line, service=service)
            for mall, line, service in zip(made, lines, services, strict=True)
        ],
        **many,
    )
    queue.LineDay.objects.everywhere().bulk_create(
        [queue.LineDay(mall=line.mall, line=line, day=today) for line in lines], **many
    )
    kiosks = directory.Device.objects.everywhere().bulk_create(
        [
            directory.Device(mall=mall, kind="kiosk", name="Kios", last_seen_at=clock.now())
            for mall in made
        ],
        **many,
    )
    name = cookie_name(directory.DeviceKind.KIOSK)
    takes = []
    for mall, service, kiosk in zip(made, services, kiosks, strict=True):
        told = {"device": kiosk.pk, "generation": kiosk.generation, "mall": mall.pk}
        cookie = f"csrftoken={TOKEN}; {name}={signing.dumps(told, salt=name)}"
        fields = f"csrfmiddlewaretoken={TOKEN}&group=ordinary"
        host = f"{mall.slug}.localhost"
        takes.append(f"{host} /kios/layanan/{service.pk}/ambil/ {fields} {cookie}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "takes.txt").write_text("".join(f"{each}\n" for each in takes))
    firsts = {
        "mall0": made[0].pk,
        "line0": lines[0].pk,
        "service0": services[0].pk,
        "malls": malls,
    }
    for key, rows in (("mall0", made), ("line0", lines), ("service0", services)):
        assert rows[-1].pk == firsts[key] + malls - 1, "the keys of a fresh database run on"
    (folder / "keys.txt").write_text("".join(f"{k}={v}\n" for k, v in firsts.items()))


if __name__ == "__main__":
    main()
