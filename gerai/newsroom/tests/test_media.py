"""Pictures and documents: only the mall's own, pictures only in their sizes, never a way out."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.models import Picture
from gerai.newsroom.models.media import is_in_collection
from gerai.newsroom.tests.editing import a_paper, a_picture
from gerai.newsroom.tests.factories import an_article, an_open_site


@pytest.fixture(autouse=True)
def shelves(mall, settings, tmp_path):
    """Keep the files of a test for itself."""
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "rahasia.txt").write_text("rahasia")
    return an_open_site()


def drawn(picture, spec="width-8|format-webp"):
    return picture.get_rendition(spec)


def test_a_picture_is_given_in_a_size_and_kept_by_browsers(client):
    rendition = drawn(a_picture())
    answer = client.get(rendition.url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).format == "WEBP"


def test_files_lie_in_the_folder_of_their_mall(mall):
    picture, paper = a_picture(), a_paper()
    names = [picture.file.name, drawn(picture).file.name, paper.file.name]
    assert [name.split("/")[:2] for name in names] == [
        [str(mall.pk), "original_images"],
        [str(mall.pk), "images"],
        [str(mall.pk), "documents"],
    ]


def test_a_size_drawn_from_elsewhere_lies_beside_its_picture(mall):
    picture = a_picture()
    with in_mall(a_mall("parepare")):
        assert drawn(picture, "width-4").file.name.split("/")[0] == str(mall.pk)


def test_the_original_is_not_given(client):
    picture = a_picture()
    assert client.get(f"/media/{picture.file.name}").status_code == 404


def test_a_picture_of_another_mall_is_not_given(client):
    with in_mall(a_mall("parepare")):
        rendition = drawn(a_picture())
    assert client.get(rendition.url).status_code == 404
    assert client.get(rendition.url, HTTP_HOST="parepare.localhost").status_code == 200


@pytest.mark.parametrize(
    "rest",
    [
        "images/",
        "images",
        "images/tiada.webp",
        "images/../original_images/{original}",
        "images/../../../rahasia.txt",
        "images/%2e%2e/original_images/{original}",
        "images//../original_images/{original}",
        "images/..%5coriginal_images%5c{original}",
        "original_images/{original}",
        "documents/{paper}",
        "",
        "/etc/passwd",
        "images/" + "x" * 5000,
        "images/😀",
        "images/./",
        "images/a%00b",
    ],
)
def test_no_other_way_leads_to_a_file(mall, client, rest):
    picture = a_picture()
    drawn(picture)
    told = {
        "original": picture.file.name.split("/")[-1],
        "paper": a_paper().file.name.split("/")[-1],
    }
    answer = client.get(f"/media/{mall.pk}/{rest.format(**told)}")
    assert answer.status_code in {400, 404}


@pytest.mark.parametrize(
    "path", ["/media/", "/media//", "/media/x/images/a", "/media/../rahasia.txt"]
)
def test_a_path_without_a_mall_leads_nowhere(client, path):
    assert client.get(path).status_code == 404


def test_a_file_of_a_kind_that_nobody_knows_is_bytes(mall, client, settings):
    folder = settings.MEDIA_ROOT / str(mall.pk) / "images"
    folder.mkdir(parents=True)
    (folder / "tanpa-akhiran").write_bytes(b"x")
    answer = client.get(f"/media/{mall.pk}/images/tanpa-akhiran")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream")


def test_pictures_are_only_read(client):
    assert client.post(drawn(a_picture()).url).status_code == 405


# Documents


def content_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_document_is_given(client):
    answer = client.get(a_paper().url)
    assert (answer.status_code, content_of(answer)) == (200, b"a,b")


def test_a_document_of_another_mall_is_not_given(client):
    with in_mall(a_mall("parepare")):
        paper = a_paper()
    assert client.get(paper.url).status_code == 404
    assert client.get(paper.url, HTTP_HOST="parepare.localhost").status_code == 200


def test_a_document_by_a_wrong_name_or_number_is_not_given(client):
    paper = a_paper()
    for path in (
        f"/dokumen/{paper.pk}/lain.csv",
        "/dokumen/0/contoh.csv",
        f"/dokumen/{'9' * 30}/a",
    ):
        assert client.get(path).status_code == 404


# Shelves


def test_a_part_of_the_shelf_belongs_to_it(shelves):
    part = shelves.collection.add_child(name="Bagian")
    picture = a_picture()
    Picture.objects.filter(pk=picture.pk).update(collection=part)
    picture.refresh_from_db()
    assert is_in_collection(picture, shelves.collection_id) is True
    assert is_in_collection(picture, part.pk) is True
    assert is_in_collection(picture, 0) is False


def test_a_story_goes_on_without_its_picture(client):
    picture = a_picture()
    story = an_article(lead_picture=picture)
    path = f"/berita/kegiatan/{story.slug}/"
    assert "story-lead" in client.get(path).content.decode()
    picture.delete()
    story.refresh_from_db()
    assert story.lead_picture is None
    assert client.get(path).status_code == 200


def test_a_picture_carries_its_credit_to_readers(client):
    picture = a_picture(credit="Foto: Humas (contoh)", description="Ruang tunggu yang lengang")
    story = an_article(lead_picture=picture, lead_caption="Pagi hari")
    page = client.get(f"/berita/kegiatan/{story.slug}/").content.decode()
    for words in ("Foto: Humas (contoh)", "Pagi hari", 'alt="Ruang tunggu yang lengang"'):
        assert page.count(words) == 1


def test_a_picture_larger_than_life_is_taken_as_it_is(mall):
    drawn_big = BytesIO()
    Image.new("RGB", (64, 32), "teal").save(drawn_big, "PNG")
    picture = Picture.objects.create(
        title="Besar",
        file=ImageFile(BytesIO(drawn_big.getvalue()), name="besar.png"),
        collection=an_open_site().collection,
    )
    assert (picture.width, picture.height) == (64, 32)
