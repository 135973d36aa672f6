"""What a team does in its workspace until its mall opens, and how far it then is."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD, Site, keep_picture, sign_in
from tests.journeys.course import (
    COURSE_OF_BARRU,
    OFFICER,
    TEAM,
    days_of,
    fetched,
    figures_of,
    fill,
    hrefs,
    text_of,
)

DECISION = "Mal dibuka paling lambat akhir tahun ini (contoh)."
SIGNED = 18


def luwu(site: Site) -> Site:
    """Return the mall that Luwu Timur founds on the same installation."""
    return Site(f"http://luwutimur.localhost:{site.port}", site.port, site.data)


def found_a_mall(phone: Page, site: Site) -> None:
    """Begin the workspace of the region on the phone that is at hand."""
    phone.get_by_role("link", name="Dirikan mal Anda").click()
    expect(phone.locator("[name=name]")).to_have_value("MPP Luwu Timur")
    expect(phone.locator("[name=slug]")).to_have_value("luwutimur")
    fill(phone, leader="Bupati Contoh", target_on="2022-12-01", username=TEAM, password=PASSWORD)
    keep_picture(phone, "kisah-dirikan")
    phone.get_by_role("button", name="Mulai mendirikan").click()
    expect(phone.get_by_text("Ruang kerja MPP Luwu Timur siap.")).to_be_visible()
    keep_picture(phone, "kisah-ruang-kerja-siap")
    phone.locator("main").get_by_role("link", name="Masuk").click()
    phone.wait_for_url(f"{luwu(site).url}/masuk/")


def taken_by_kind(team: Page) -> dict[str, int]:
    """Return how many parts of each kind the workspace owes to its model."""
    kinds = team.locator("[aria-labelledby=asal] li")
    names = [each.strip() for each in kinds.locator("a").all_inner_texts()]
    counts = kinds.locator(".badge").all_inner_texts()
    return dict(zip(names, map(int, counts), strict=True))


def decide(team: Page, workspace: Site) -> None:
    """Note the first decision."""
    team.goto(f"{workspace.url}/pendirian/keputusan/baru/")
    expect(team.locator("[name=on]")).to_have_value("2022-04-25")
    fill(team, text=DECISION, decided_by="Bupati Contoh")
    team.get_by_role("button", name="Simpan").click()
    expect(team.locator("main")).to_contain_text(DECISION)


def finish(team: Page) -> None:
    """Finish the step whose page is open."""
    team.locator("button[value=finish]").click()
    expect(team.locator("button[value=reopen]")).to_be_visible()


def sign_agreements(team: Page, workspace: Site) -> None:
    """Sign with as many agencies as Barru did."""
    team.goto(f"{workspace.url}/kelola/perjanjian/")
    links = team.locator("tbody th a")
    expect(links).to_have_count(24)
    for number, link in enumerate(hrefs(links)[:SIGNED], start=1):
        team.goto(workspace.url + link)
        team.get_by_label("Keadaan").select_option("signed")
        fill(team, number=f"PKS/{number:02}/2022 (contoh)", signed_on="2022-10-28")
        fill(team, starts_on="2022-12-01", ends_on="2024-11-30")
        team.get_by_role("button", name="Simpan").click()
        team.wait_for_url("**/perjanjian/")
    team.goto(f"{workspace.url}/pendirian/instansi/")
    expect(team.locator(".lead")).to_have_text(
        "18 dari 24 instansi sudah menandatangani perjanjian; 60 layanan."
    )


def complete_facilities(team: Page, workspace: Site) -> None:
    """Have what is required before the opening."""
    team.goto(f"{workspace.url}/kelola/fasilitas/")
    required = team.locator(".lines li").filter(has_text="wajib").get_by_role("link")
    expect(required).to_have_count(3)
    for link in hrefs(required):
        team.goto(workspace.url + link)
        team.get_by_label("Tersedia").check()
        team.get_by_role("button", name="Simpan").click()
        team.wait_for_url("**/fasilitas/**")


def fill_roles(team: Page, workspace: Site) -> None:
    """Fill every role and train everybody."""
    team.goto(f"{workspace.url}/pendirian/petugas/")
    roles = hrefs(team.locator("main").get_by_role("link", name="Ubah"))
    assert len(roles) == 6
    for link in roles:
        team.goto(workspace.url + link)
        needed = team.locator("[name=needed]").input_value()
        fill(team, filled=needed, trained=needed)
        team.get_by_role("button", name="Simpan").click()
        team.wait_for_url("**/petugas/")


def post_an_officer(team: Page, workspace: Site) -> None:
    """Give an officer an account, and a place in an agency."""
    team.goto(f"{workspace.url}/kelola/orang/")
    fill(team, name="Petugas Luwu Timur Contoh", username=OFFICER, password=PASSWORD)
    team.locator("main [name=role]").first.select_option("officer")
    team.get_by_role("button", name="Tambahkan").click()
    team.goto(f"{workspace.url}/kelola/instansi/")
    team.get_by_role("link", name="Disdukcapil").first.click()
    team.get_by_label("Petugas").select_option(label="Petugas Luwu Timur Contoh")
    team.get_by_role("button", name="Tempatkan").click()
    expect(team.get_by_role("button", name="Lepas Petugas Luwu Timur Contoh")).to_be_visible()


def try_a_day(team: Page, workspace: Site) -> None:
    """Note a day of trial."""
    team.goto(f"{workspace.url}/pendirian/uji-coba/baru/")
    fill(team, on="2022-11-10", visitors="41", findings="Papan arah kurang (contoh).")
    fill(team, mended="Papan arah ditambah (contoh).")
    team.get_by_role("button", name="Simpan").click()
    expect(team.locator("main")).to_contain_text("Kamis, 10 November 2022")


def finish_steps(
    team: Page, workspace: Site, *, stages: tuple[str, ...], but: tuple[str, ...] = ()
) -> None:
    """Finish the open steps of some stages, one after the other."""
    team.goto(f"{workspace.url}/pendirian/langkah/")
    for stage in stages:
        rows = team.locator(f"#{stage} .step-list > li").filter(has_text="Belum mulai")
        for name in but:
            rows = rows.filter(has_not_text=name)
        for link in hrefs(rows.locator("a.strong")):
            team.goto(workspace.url + link)
            finish(team)
        team.goto(f"{workspace.url}/pendirian/langkah/")


def close_stages(team: Page, stages: tuple[str, ...]) -> None:
    """Close stages on the page of the steps."""
    for stage in stages:
        team.locator(f"#{stage}").get_by_role("button", name="Tutup tahap").click()
        expect(team.locator(f"#{stage}").get_by_text("oleh Ketua Tim Contoh.")).to_be_visible()
    keep_picture(team, "kisah-tahap")


def check_status(team: Page, workspace: Site) -> None:
    """Read the page for the regent, and open its PDF in another program."""
    team.goto(f"{workspace.url}/pendirian/laporan/")
    assert team.locator("tbody td.figure").all_inner_texts() == [*["100%"] * 6, "50%", "0%"]
    assert [each.strip() for each in team.locator("tbody .pill").all_inner_texts()] == [
        *["Ditutup"] * 6,
        "Berjalan",
        "Belum mulai",
    ]
    keep_picture(team, "kisah-laporan-bupati")
    told = text_of(fetched(team, team.get_by_role("link", name="PDF")))
    for fact in (
        "PEMERINTAH KABUPATEN LUWU TIMUR",
        "Per tanggal : 14 November 2022",
        "Mulai : 20 April 2022",
        "Sasaran pembukaan : 1 Desember 2022 (17 hari lagi)",
        "18 dari 24 instansi sudah ditandatangani",
    ):
        assert fact in told


def write_the_request(team: Page, workspace: Site) -> None:
    """Write the letter to the minister from what the workspace knows."""
    team.goto(f"{workspace.url}/pendirian/naskah/")
    row = team.locator("tr").filter(has_text="Surat permohonan")
    row.get_by_role("button").click()
    told = text_of(fetched(team, team.get_by_role("link", name="PDF")))
    assert "Bupati Contoh" in told
    assert "Kabupaten Luwu Timur" in told


def check_not_open(phone: Page, workspace: Site) -> None:
    """Try to take a number before the opening."""
    phone.goto(f"{workspace.url}/antre/?q=ktp")
    expect(phone.locator("main")).to_contain_text("Mal ini masih disiapkan dan belum melayani.")
    keep_picture(phone, "kisah-belum-dibuka")


def beside(team: Page) -> dict[str, tuple[str, str, str]]:
    """Return each measure: here, at the model, and what is said of the difference."""
    found = {}
    for row in team.locator(".measure-table tbody tr").all():
        cell = row.locator(".measure-cell")
        found[row.locator("th").inner_text()] = (
            row.locator(".measure-value").inner_text(),
            cell.locator(".number").inner_text(),
            " ".join(cell.locator(".pill").all_inner_texts()).strip(),
        )
    return found


def read_the_course_of_barru(reader: Page, site: Site) -> None:
    """Read on the history page how Barru's own mall came to be."""
    reader.goto(f"{site.url}/sejarah/")
    assert days_of(reader.locator(".timeline time")) == COURSE_OF_BARRU
    expect(reader.locator("main")).to_contain_text("Kerja sama dengan 18 instansi")
    keep_picture(reader, "kisah-sejarah")


def see_who_founded(desk: Page, site: Site) -> None:
    """See at the desk who came, and who founded a mall afterwards."""
    sign_in(desk, site, "penerima")
    desk.goto(f"{site.url}/kelola/kunjungan/statistik/")
    seen = figures_of(desk)
    assert {name: seen[name] for name in ("Kunjungan", "Tamu yang hadir", "Daerah")} == {
        "Kunjungan": "3",
        "Tamu yang hadir": "7",
        "Daerah": "2",
    }
    expect(desk.get_by_text("1 lalu mendirikan mal")).to_be_visible()
    keep_picture(desk, "kisah-statistik")
