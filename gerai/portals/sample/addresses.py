"""Where everything of a mall is found in the browser, and who may sign in to a sample."""

from dataclasses import dataclass

from gerai.directory.models import Posting
from gerai.directory.queries.devices import zones
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.people.models import Membership, User
from gerai.people.roles import Role
from gerai.portals.sample.founding import SAMPLE as FOUNDING
from gerai.portals.sample.plan import PLATFORM, SAMPLES

ROLES = {
    Role.OFFICER: "petugas loket",
    Role.GREETER: "penyambut",
    Role.SUPERVISOR: "pengawas",
    Role.WRITER: "penulis berita",
    Role.EDITOR: "redaktur",
    Role.HOST: "penerima tamu",
    Role.FOUNDER: "tim pendiri",
    Role.LEADER: "pimpinan daerah",
    Role.MALL_ADMIN: "admin mal",
}


@dataclass(frozen=True)
class Door:
    """A page and its address."""

    name: str
    address: str


@dataclass(frozen=True)
class SampleUser:
    """A sample user, and what they are."""

    username: str
    role: str


def doors(mall: Mall, port: int) -> list[Door]:
    """Return the pages of a mall, as a browser on this machine finds them."""
    base = f"http://{mall.host or f'{mall.slug}.localhost'}:{port}"
    with in_mall(mall):
        screens = [(f"Layar {zone.name}", f"/layar/?zona={zone.code}") for zone in zones()]
    pages = [
        ("Beranda", "/"),
        ("Kios pengambilan nomor", "/kios/"),
        ("Layar seluruh mal", "/layar/"),
        *(screens if mall.is_sample else []),
        ("Meja petugas", "/petugas/"),
        ("Penyambut", "/penyambut/"),
        ("Pengawas", "/pengawas/"),
        ("Denyut mal", "/pengawas/denyut/"),
        ("Ponsel pengunjung", "/antre/"),
        ("Kisah hari", "/kisah/"),
        ("Berita", "/berita/"),
        ("Redaksi", "/redaksi/"),
        ("Kunjungan studi", "/kunjungan/"),
        ("Presentasi", "/presentasi/"),
        *([("Ruang kerja pendirian", "/pendirian/")] if mall.is_founding else []),
        ("Pengelolaan mal", "/kelola/"),
        ("Galeri tampilan", "/ui"),
    ]
    return [Door(name, f"{base}{path}") for name, path in pages]


def sample_users(mall: Mall) -> list[SampleUser]:
    """Return the users that the sample made and that are still there; none in a real mall."""
    made = {person.username for sample in (*SAMPLES, FOUNDING) for person in sample.people}
    if not mall.is_sample:
        return []
    with in_mall(mall):
        posts: dict[int, list[str]] = {}
        for posting in Posting.objects.select_related("agency").order_by("pk"):
            posts.setdefault(posting.user_id, []).append(posting.agency.short_name)
        members = list(
            Membership.objects.filter(user__username__in=made)
            .select_related("user")
            .order_by("user__pk")
        )
    found = [
        SampleUser(
            member.user.username,
            " ".join((ROLES[Role(member.role)], *posts.get(member.user_id, ()))),
        )
        for member in members
    ]
    if User.objects.filter(username=PLATFORM.username, is_platform_admin=True).exists():
        found.append(SampleUser(PLATFORM.username, "admin platform"))
    return found
