"""Promises about the rows: each has a mall, each room writes its own, each has its word."""

import ast
from pathlib import Path

from django.apps import apps
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page, Task

from gerai.malls.scope import MallManager

ROOT = Path(__file__).resolve().parents[2]
OF_NO_MALL = {"Mall", "User", "SigningKey", "KnownMall"}
WRITES = {"create", "bulk_create", "update", "delete", "get_or_create", "update_or_create"}


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("gerai.")]


def hangs_in_the_page_tree(model) -> bool:
    """Tell whether a row is of one of Wagtail's kinds, which know their mall another way.

    A page hangs below its mall's home page, a picture or paper on its mall's shelf, a rendition
    by its picture, a task in its mall's review. Their managers are Wagtail's own, which the
    page editor asks without a mall; test_editors_wall.py sweeps every address of it instead.
    """
    kinds = (Page, AbstractImage, AbstractRendition, AbstractDocument, Task)
    return issubclass(model, kinds)


def test_every_row_has_a_mall():
    without = [
        model.__name__
        for model in our_models()
        if model.__name__ not in OF_NO_MALL
        and not hangs_in_the_page_tree(model)
        and "mall" not in {field.name for field in model._meta.get_fields()}
        and not model._meta.auto_created
    ]
    assert without == []


def test_every_row_of_a_mall_is_asked_through_the_mall_in_scope():
    loose = [
        model.__name__
        for model in our_models()
        if model.__name__ not in OF_NO_MALL
        and not hangs_in_the_page_tree(model)
        and not isinstance(model._default_manager, MallManager)
    ]
    assert loose == []


def test_only_known_rows_hang_in_the_page_tree():
    names = [model.__name__ for model in our_models() if hangs_in_the_page_tree(model)]
    assert sorted(names) == [
        "Article",
        "HomePage",
        "InfoPage",
        "NewsIndex",
        "Paper",
        "Picture",
        "PictureRendition",
        "SecondPersonTask",
        "Section",
    ]


def test_every_model_is_in_the_glossary():
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    missing = [model.__name__ for model in our_models() if f"`{model.__name__}`" not in glossary]
    assert missing == []


def foreign_writes(file: Path) -> list[str]:
    """Writes such as Other.objects.filter(…).update(…) on a model of another room."""
    room = file.relative_to(ROOT / "gerai").parts[0]
    tree = ast.parse(file.read_text(encoding="utf-8"))
    foreign = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("gerai.")
        and ".models" in f".{node.module}"
        and node.module.split(".")[1] != room
        for alias in node.names
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr not in WRITES:
                continue
            root = node.func.value
            while isinstance(root, ast.Attribute | ast.Call):
                root = root.value if isinstance(root, ast.Attribute) else root.func
            if isinstance(root, ast.Name) and root.id in foreign:
                found.append(f"{file.relative_to(ROOT)}:{node.lineno} {root.id}")
    return found


def test_a_room_writes_only_its_own_rows():
    files = [
        file
        for file in (ROOT / "gerai").rglob("*.py")
        if not {"tests", "migrations", "sample", "replay"} & set(file.parts)
    ]
    assert [found for file in files for found in foreign_writes(file)] == []
