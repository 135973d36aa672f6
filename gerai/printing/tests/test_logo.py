"""The picture at the head of slips: made of what an office uploads, refused where it is none."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from gerai.directory.tests.factories import a_user
from gerai.people import audit
from gerai.people.roles import Role
from gerai.printing import queries, slip
from gerai.printing.actions.layouts import publish_layout
from gerai.printing.models import SlipLayout
from gerai.printing.slip import BadLogo, Logo, draw, logo_of
from gerai.queue.tests.factories import House

LOGO = reverse("printers:logo")


def a_picture(size: tuple[int, int] = (800, 400), *, kind: str = "PNG", mode: str = "RGB") -> bytes:
    """Draw a dark disc on a light ground."""
    drawn = Image.new(mode, size, "white" if mode != "RGBA" else (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse((0, 0, *size), fill="black")
    file = BytesIO()
    drawn.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(("size", "made"), [((800, 400), (368, 184)), ((400, 800), (100, 200))])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_becomes_dots_that_fit_every_paper(size, made, kind) -> None:
    dots = Image.open(BytesIO(logo_of(a_picture(size, kind=kind))))

    assert (dots.mode, dots.size) == ("1", made)
    assert (dots.getpixel((made[0] // 2, made[1] // 2)), dots.getpixel((0, 0))) == (0, 255)


def test_a_small_picture_is_not_blown_up() -> None:
    assert Image.open(BytesIO(logo_of(a_picture((40, 20))))).size == (40, 20)


def test_what_is_transparent_is_paper() -> None:
    dots = Image.open(BytesIO(logo_of(a_picture((100, 100), mode="RGBA"))))

    assert (dots.getpixel((0, 0)), dots.getpixel((50, 50))) == (255, 0)


def test_grey_becomes_as_many_dots_as_it_is_dark() -> None:
    ramp = Image.linear_gradient("L").rotate(90)
    file = BytesIO()
    ramp.save(file, "PNG")

    dots = Image.open(BytesIO(logo_of(file.getvalue())))
    width, height = dots.size
    dark = [
        sum(
            dots.getpixel((x, y)) == 0
            for x in range(left, left + width // 4)
            for y in range(height)
        )
        for left in (0, width // 4, width // 2, 3 * (width // 4))
    ]

    assert dark == sorted(dark) or dark == sorted(dark, reverse=True)
    assert abs(sum(dark) - width * height / 2) < 0.05 * width * height


def one_colour() -> bytes:
    file = BytesIO()
    Image.new("RGB", (90, 90), "white").save(file, "PNG")
    return file.getvalue()


def as_gif() -> bytes:
    return a_picture((40, 40), kind="GIF", mode="L")


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"%PDF-1.7 not a picture", id="another kind of file"),
        pytest.param(a_picture()[:900], id="half a picture"),
        pytest.param(as_gif(), id="a kind not taken"),
        pytest.param(one_colour(), id="nothing on it"),
        pytest.param(a_picture((slip.LOGO_PIXELS + 1, 10)), id="too wide"),
        pytest.param(a_picture() + bytes(slip.LOGO_BYTES), id="too many bytes"),
    ],
)
def test_what_cannot_be_printed_is_refused(file: bytes) -> None:
    with pytest.raises(BadLogo):
        logo_of(file)


@given(noise=st.binary(max_size=300), at=st.integers(0, 2000))
def test_no_file_breaks_more_than_itself(noise: bytes, at: int) -> None:
    file = a_picture((60, 60))
    spoilt = file[:at] + noise + file[at + len(noise) :]
    try:
        made = logo_of(spoilt)
    except BadLogo:
        return
    assert Image.open(BytesIO(made)).mode == "1"


def test_it_stands_in_the_middle_of_the_paper() -> None:
    paper = draw([Logo(logo_of(a_picture((100, 100))))], dots=384)

    rows = [x for x in range(384) if paper.getpixel((x, 60)) == 0]
    assert (min(rows) + max(rows)) // 2 in range(190, 194)


@pytest.fixture
def office(client: Client, house: House) -> Client:
    client.force_login(a_user(Role.MALL_ADMIN))
    return client


def upload(office: Client, file: bytes):
    return office.post(LOGO, {"logo": SimpleUploadedFile("lambang.png", file, "image/png")})


def test_an_office_puts_a_picture_and_takes_it_away(office: Client) -> None:
    publish_layout({"footer": "Terima kasih"}, after=0, by=audit.SYSTEM)
    bare = queries.preview(queries.layout_in_force(), paper=58, site="http://x/").height

    assert upload(office, a_picture()).status_code == 302
    now = queries.layout_in_force()
    assert (now.version, now.footer, bytes(now.logo)) == (2, "Terima kasih", logo_of(a_picture()))
    with_it = queries.preview(now, paper=58, site="http://x/").height
    assert with_it == bare + 184 + slip.GAP

    page = reverse("printers:layout")
    assert office.post(page, {"number_size": "170", "requirements": "0", "feed": "3"}).status_code
    assert bytes(queries.layout_in_force().logo) == logo_of(a_picture())

    assert office.post(LOGO, {"tanpa": "ya"}).status_code == 302
    assert [bytes(each.logo) != b"" for each in SlipLayout.objects.order_by("version")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_bad_file_is_refused_with_words(office: Client) -> None:
    answer = upload(office, b"not a picture")

    assert answer.status_code == 400
    assert answer.content.decode().count("Gambar ini tidak dapat dicetak.") >= 1
    assert SlipLayout.objects.count() == 0


def test_a_look_before_publishing_shows_the_picture(office: Client) -> None:
    upload(office, a_picture())
    address = reverse("printers:preview", args=[58])

    plain = office.get(address)
    looked = office.get(
        address,
        {"lihat": "ya", "number_size": "240", "requirements": "0", "feed": "3", "shows_mall": "on"},
    )

    heights = [Image.open(BytesIO(answer.content)).height for answer in (plain, looked)]
    assert heights[1] > 184
    assert heights[0] > heights[1]
