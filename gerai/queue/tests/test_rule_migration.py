"""The numbers of old rules become documents, and back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gerai.directory.tests.factories import a_mall
from gerai.queue.tests.factories import TEN

NUMBERS = {"priority_in_a_row": 0, "recalls": 5, "return_after": 20, "undo_seconds": 60}


def migrated_to(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("queue", name)])
    return MigrationExecutor(connection).loader.project_state([("queue", name)]).apps


@pytest.mark.django_db(transaction=True)
def test_numbers_move_into_the_document_and_back():
    newest = list(MigrationExecutor(connection).loader.graph.leaf_nodes())
    try:
        old = migrated_to("0003_routes").get_model("queue", "Rule")
        mall = a_mall()
        old._base_manager.create(mall_id=mall.pk, version=2, since=TEN, **NUMBERS)
        new = migrated_to("0005_rule_numbers_go").get_model("queue", "Rule")
        assert new._base_manager.get().document == NUMBERS
        said = NUMBERS | {"recalls": 4, "limits": [{"minutes": 30}]}
        new._base_manager.update(document=said)
        back = migrated_to("0003_routes").get_model("queue", "Rule")._base_manager.get()
        assert {name: getattr(back, name) for name in NUMBERS} == NUMBERS | {"recalls": 4}
    finally:
        MigrationExecutor(connection).migrate(newest)
