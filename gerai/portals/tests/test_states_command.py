"""The drawn diagrams of states agree with the tables."""

import pytest
from django.core.management import CommandError, call_command

from gerai.portals.management.commands import states


def test_drawn_page_is_fresh():
    call_command("states", check=True)


def test_stale_page_is_refused(monkeypatch, tmp_path):
    stale = tmp_path / "ticket.md"
    stale.write_text("lama", encoding="utf-8")
    monkeypatch.setattr(states, "FOLDER", tmp_path)
    with pytest.raises(CommandError):
        call_command("states", check=True)
    call_command("states", write=True)
    call_command("states", check=True)


def test_page_is_printed_unless_told_otherwise(capsys):
    call_command("states")
    assert capsys.readouterr().out == "".join(map(states.page, states.TABLES))
