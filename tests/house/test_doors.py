"""Nothing is open by accident: every address says who may enter."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from gerai.people.roles import all_verbs
from tests.house.addresses import EDITOR

# What anybody may open, by name. A new public page is added here on purpose.
PUBLIC = {
    "portals:home",
    "portals:start",
    "people:sign_in",
    "people:sign_out",
    "ui:gallery",
    "ui:appearance",
    "phone:home",
    "phone:agency",
    "phone:service",
    "phone:set_out",
    "phone:ticket",
    "phone:leave",
    "phone:slip",
    "phone:qr",
    "phone:route",
    "phone:add",
    "survey:rate",
    "devices:keeper",
    "devices:pair",
    "devices:poll",
    "everywhere",
    "media",
    "wagtail_serve",
    "wagtaildocs_serve",
    "comments:begin",
    "comments:comment",
    "comments:report",
    "comments:revise",
    "comments:withdraw",
    "comments:write",
    "news:archive",
    "news:atom",
    "news:index",
    "news:json",
    "news:rss",
    "news:section",
    "news:section-atom",
    "news:section-json",
    "news:section-rss",
    "news:tag",
    "news:tag-atom",
    "news:tag-json",
    "news:tag-rss",
    "newsletter:ask",
    "newsletter:asked",
    "newsletter:confirm",
    "newsletter:stop",
    "site:agencies",
    "site:agency",
    "site:cpsv_json",
    "site:cpsv_turtle",
    "site:floors",
    "site:hsds",
    "site:news_map",
    "site:robots",
    "site:search",
    "site:service",
    "site:services",
    "site:site_map",
    "founding_public:course",
    "papers:verify",
    "showcase:guest_photo",
    "showcase:guests",
    "showcase:remote",
    "showcase:remote_move",
    "story:hall",
    "story:home",
    "story:moves",
    "story:today",
    "visits:ask",
    "visits:calendar",
    "visits:cancel",
    "visits:check_in",
    "visits:checked_in",
    "visits:guest_book",
    "visits:guests",
    "visits:impress",
    "visits:impression",
    "visits:impressions",
    "visits:known_malls",
    "visits:letter",
    "visits:material",
    "visits:paper",
    "visits:questions",
    "visits:remove_guest",
    "visits:result",
    "visits:results",
    "visits:upload",
    "visits:visit",
    "visits:blueprint",
    "visits:found",
}


def doors(patterns: list, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            if str(entry.pattern) == EDITOR:
                continue
            space = f"{entry.namespace}:" if entry.namespace else ""
            yield from doors(entry.url_patterns, prefix + space)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", getattr(entry.callback, "gerai_door", "")


def test_every_address_says_who_may_enter():
    unguarded = [name for name, door in doors(get_resolver().url_patterns) if not door]
    assert unguarded == []


def test_every_verb_of_a_door_is_in_the_table_of_roles():
    verbs = {
        door
        for _, door in doors(get_resolver().url_patterns)
        if door != "public" and not door.startswith(("device:", "signed-in"))
    }
    assert verbs - all_verbs() == set()


def test_the_public_pages_are_the_listed_ones():
    public = {name for name, door in doors(get_resolver().url_patterns) if door == "public"}
    assert public == PUBLIC


def test_every_address_has_a_name_of_its_own():
    names = [name for name, _ in doors(get_resolver().url_patterns)]
    assert sorted(names) == sorted(set(names))
