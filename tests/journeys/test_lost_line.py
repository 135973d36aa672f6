"""The server dies and comes back: pages say so, keep what they show, and heal by themselves."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Server, keep_picture, sign_in
from tests.journeys.persons import (
    KTP,
    SERVED,
    Officer,
    listening_screen,
    spoken_by,
    take_by_phone,
    wait_until_spoken,
)

pytestmark = pytest.mark.journey


def told(page: Page) -> Locator:
    """Return what a page says of its lost line; a hall's screen has words of its own."""
    both = page.locator("[data-gerai-offline], [data-gerai-away]")
    return both.filter(visible=True)


def is_told(page: Page) -> None:
    expect(told(page)).to_have_count(1, timeout=40_000)


def is_healed(page: Page) -> None:
    expect(told(page)).to_have_count(0, timeout=40_000)


def test_pages_outlive_the_server(server: Server, someone):
    site = server.site
    first, second, supervisor = someone("phone"), someone("phone"), someone("desktop")
    desk = Officer(someone("desktop"), site)
    screen = listening_screen(someone, site, "Z1")
    label = take_by_phone(first, site, "KTP", KTP)
    take_by_phone(second, site, "KTP", KTP)
    sign_in(supervisor, site, "pengawas")
    supervisor.goto(f"{site.url}/pengawas/")
    desk.sign_in("petugas1")
    desk.open_counter("2")
    desk.press("n", then=label)
    wait_until_spoken(screen, 1)
    expect(first.locator("[data-gerai-ticket=called]")).to_contain_text("Loket 2")
    with screen.expect_response(re.compile("/ucapan/2/suara.wav"), timeout=40_000) as sound:
        desk.press("r", then="Panggilan 2/3")
    sound.value.finished()

    server.kill()
    pages = (first, second, supervisor, desk.page, screen)
    for page in pages:
        is_told(page)
    keep_picture(first, "putus-ponsel")
    keep_picture(screen, "putus-layar")
    expect(first.locator(".queue-number-phone")).to_have_text(label)
    expect(screen.locator("#now")).to_contain_text(label)
    expect(desk.page.locator("#desk")).to_contain_text("Panggilan 2/3")
    expect(supervisor.locator("#watch")).to_contain_text(label)
    # The call that had begun is said to its end: its sound is in the screen already.
    wait_until_spoken(screen, 2)

    server.start()
    for page in pages:
        is_healed(page)
    desk.press("s", then=SERVED)
    desk.press("f", then=f"{label} selesai.")
    # Waiting, the number stands on the desk as well: so wait for what only a call brings.
    desk.press("n", then="Panggilan 1/3")
    # A page that missed it all the same looks again after half a minute by itself.
    expect(second.locator("[data-gerai-ticket=called]")).to_contain_text("Loket 2", timeout=40_000)
    expect(first.locator("[data-gerai-ticket=done]")).to_be_visible(timeout=40_000)
    wait_until_spoken(screen, 3)
    assert spoken_by(screen) == [1, 2, 3]
