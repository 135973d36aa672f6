import re
from pathlib import Path

import pytest
from django.templatetags.static import static

import gerai
from gerai import ui
from gerai.ui.icons import NAMES
from gerai.ui.templatetags.ui import icon

DRAWINGS = static("ui/icons.svg")
SPRITE = (Path(ui.__file__).parent / "static/ui/icons.svg").read_text()
HOUSE = Path(gerai.__file__).parent
NAMED_IN_TEMPLATES = re.compile(r"""{%\s*icon\s+["']([^"']+)["']|drawing=["']([^"']+)["']""")


def test_names_are_those_of_the_sprite():
    assert sorted(re.findall(r'<symbol id="([^"]+)"', SPRITE)) == sorted(NAMES)


def test_icon_is_hidden_from_screen_readers():
    assert icon("ticket") == (
        '<svg class="icon" aria-hidden="true" focusable="false" stroke-width="2" width="24"'
        f' height="24"><use href="{DRAWINGS}#ticket"></use></svg>'
    )


def test_icon_with_a_label_is_an_image_with_that_name():
    assert icon("wheelchair", label='Kursi "roda"') == (
        '<svg class="icon" role="img" aria-label="Kursi &quot;roda&quot;" stroke-width="2"'
        ' width="24" height="24"><title>Kursi &quot;roda&quot;</title>'
        f'<use href="{DRAWINGS}#wheelchair"></use></svg>'
    )


def test_unknown_icon_raises_while_developing(settings):
    settings.DEBUG = True
    with pytest.raises(ValueError, match="no icon 'tiket'"):
        icon("tiket")


def test_unknown_icon_is_a_circle_for_citizens(settings):
    settings.DEBUG = False
    settings.TESTING = False
    assert icon("tiket") == icon("circle")


def test_every_icon_named_in_a_template_is_drawn():
    unknown = [
        (str(template.relative_to(HOUSE)), name)
        for template in sorted(HOUSE.glob("*/templates/**/*.html"))
        for found in NAMED_IN_TEMPLATES.findall(template.read_text())
        for name in found
        if name and name not in NAMES
    ]
    assert unknown == []
