"""Rules as JSON: read, written, refused by name; and rules that could starve somebody."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.queue.models import Group
from gerai.queue.rules import (
    BOUNDS,
    GROUPS,
    HOWS,
    LANGUAGES,
    BadDocument,
    CallRule,
    House,
    Limit,
    Plan,
    Problem,
    Route,
    Share,
    Skill,
    dump,
    parse,
    problems_of,
)

names = st.text(min_size=1, max_size=12)
several = st.lists(names, max_size=3, unique=True).map(tuple)
some = st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)
rules = st.builds(
    CallRule,
    version=st.just(1),
    **{name: st.integers(*bounds) for name, bounds in BOUNDS.items()},
    routes=st.lists(
        st.builds(
            Route,
            line=names,
            services=several,
            groups=st.lists(st.sampled_from(GROUPS), unique=True).map(tuple),
            languages=st.lists(st.sampled_from(LANGUAGES), unique=True).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    plans=st.lists(
        st.builds(
            Plan,
            how=st.sampled_from(HOWS),
            counters=several,
            officers=several,
            lines=st.lists(
                st.builds(Share, line=names, share=st.integers(1, 10)),
                min_size=1,
                max_size=3,
                unique_by=lambda each: each.line,
            ).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    skills=st.lists(
        st.builds(Skill, services=some, counters=some, officers=several), max_size=3
    ).map(tuple),
    limits=st.lists(
        st.builds(
            Limit,
            minutes=st.integers(1, 480),
            line=st.one_of(st.just(""), names),
            group=st.sampled_from(["", "priority", "ordinary"]),
        ),
        max_size=3,
    ).map(tuple),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*BOUNDS, "routes", "plans", "skills", "limits", "lines", "line", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(rules)
def test_what_is_written_is_read_again(rule):
    assert parse(json.loads(json.dumps(dump(rule)))) == rule


@given(anything)
def test_anything_is_read_or_refused(document):
    try:
        rule = parse(document)
    except BadDocument:
        return
    assert parse(dump(rule)) == rule


def test_an_empty_document_is_the_usual_rule():
    assert parse({}, version=4) == CallRule(version=4)


def test_the_numbers_of_old_are_a_document():
    numbers = {"priority_in_a_row": 0, "recalls": 5, "return_after": 20, "undo_seconds": 60}
    assert parse(numbers) == CallRule(1, 0, 5, 20, 60)


def test_groups_are_those_of_a_visit():
    assert set(GROUPS) == set(Group.values)


@pytest.mark.parametrize(
    ("document", "field", "what"),
    [
        ([], "", "not_object"),
        ({"recalls": 0}, "recalls", "not_whole"),
        ({"recalls": True}, "recalls", "not_whole"),
        ({"recalls": "3"}, "recalls", "not_whole"),
        ({"other": 1}, "other", "unknown"),
        ({"routes": {}}, "routes", "not_list"),
        ({"routes": [{}] * 41}, "routes", "too_many"),
        ({"routes": [{"line": 3}]}, "routes.0.line", "not_name"),
        ({"routes": [{"line": ""}]}, "routes.0.line", "empty"),
        ({"routes": [{"line": "A", "groups": ["king"]}]}, "routes.0.groups", "no_choice"),
        ({"routes": [{"line": "A", "services": ["x", "x"]}]}, "routes.0.services", "twice"),
        ({"plans": [{"how": "luck"}]}, "plans.0.how", "no_choice"),
        ({"plans": [{"how": "ratio"}]}, "plans.0.lines", "empty"),
        (
            {"plans": [{"how": "ratio", "lines": [{"line": "A", "share": 11}]}]},
            "plans.0.lines.0.share",
            "not_whole",
        ),
        (
            {"plans": [{"how": "ratio", "lines": [{"line": "A"}, {"line": "A"}]}]},
            "plans.0.lines",
            "twice",
        ),
        ({"skills": [{"services": ["x"]}]}, "skills.0.counters", "nobody"),
        ({"skills": [{"services": [], "counters": ["1"]}]}, "skills.0.services", "empty"),
        ({"limits": [{}]}, "limits.0.minutes", "not_whole"),
        ({"limits": [{"minutes": 5, "group": "x"}]}, "limits.0.group", "no_choice"),
    ],
)
def test_a_refusal_names_the_field(document, field, what):
    with pytest.raises(BadDocument) as refused:
        parse(document)
    assert [(each.field, each.what) for each in refused.value.problems] == [(field, what)]


def test_all_wrong_fields_are_told_at_once():
    with pytest.raises(BadDocument) as refused:
        parse({"recalls": 9, "limits": [{"minutes": 0, "extra": 1}]})
    assert [each.field for each in refused.value.problems] == [
        "recalls",
        "limits.0.extra",
        "limits.0.minutes",
    ]


@pytest.mark.parametrize(
    ("who", "line"),
    [
        (("S1", "elderly", "id"), "B"),
        (("S1", "ordinary", "id"), None),
        (("S2", "ordinary", "en"), "C"),
        (("S1", "elderly", "en"), "B"),
    ],
)
def test_the_first_route_that_fits_counts(who, line):
    rule = CallRule(
        routes=(
            Route("X", groups=("elderly",)),
            Route("B", services=("S1",), groups=("elderly", "disabled")),
            Route("C", languages=("en",)),
        )
    )
    service, group, language = who
    found = rule.line_for(service, group=group, language=language, lines="ABC")
    assert found == line


def test_the_first_plan_that_fits_counts():
    rule = CallRule(
        plans=(
            Plan(counters=("1",), officers=("ani",)),
            Plan(officers=("ani", "budi")),
            Plan(counters=("2",)),
        )
    )
    asked = [("1", "ani"), ("1", "budi"), ("2", "cici"), ("3", "cici")]
    assert [rule.plan_for(*each) for each in asked] == [0, 1, 2, None]


def test_skills_of_a_counter_add_up_and_its_officer_must_agree():
    rule = CallRule(
        skills=(
            Skill(("S1",), counters=("1",)),
            Skill(("S2",), counters=("1", "2")),
            Skill(("S2", "S3"), officers=("ani",)),
        )
    )
    asked = [("1", "budi"), ("1", "ani"), ("3", "ani"), ("3", "budi")]
    assert [rule.services_for(*each) for each in asked] == [
        {"S1", "S2"},
        {"S2"},
        {"S2", "S3"},
        None,
    ]


HOUSE = House(
    lines={"A": "dinas", "B": "dinas", "Z": "lain"},
    services={"S1": "dinas", "S2": "dinas", "S9": "lain"},
    sits={
        "1": {"dinas": frozenset({0, 1})},
        "2": {"dinas": frozenset({0})},
        "9": {"lain": frozenset({0})},
    },
    officers={"ani": frozenset({"dinas"}), "zul": frozenset({"lain"})},
)
FOR_ALL = (Limit(30),)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        (CallRule(), []),
        (CallRule(routes=(Route("A", services=("S1",)),)), []),
        (CallRule(routes=(Route("Q"),)), ["routes.0.line no_line"]),
        (CallRule(routes=(Route("A", services=("S7",)),)), ["routes.0.services no_service"]),
        (CallRule(routes=(Route("A", services=("S9",)),)), ["routes.0.services other_agency"]),
        (
            CallRule(routes=(Route("A"), Route("B", groups=("child",)))),
            ["routes.1.line never_reached"],
        ),
        (CallRule(routes=(Route("A"), Route("Z", groups=("child",)))), []),
        (CallRule(routes=(Route("A", groups=("child",)), Route("B"))), []),
        (CallRule(plans=(Plan(counters=("7",)),)), ["plans.0.counters no_counter"]),
        (CallRule(plans=(Plan(officers=("eko",)),)), ["plans.0.officers no_officer"]),
        (CallRule(plans=(Plan("ratio", lines=(Share("A", 3), Share("B"))),)), []),
        (
            CallRule(plans=(Plan("in_order", counters=("1",), lines=(Share("A"),)),)),
            ["plans.0.how starves"] * 4,
        ),
        (CallRule(plans=(Plan("weights", lines=(Share("A"),)),), limits=FOR_ALL), []),
        (CallRule(plans=(Plan("in_order", counters=("9",), lines=(Share("Z"),)),)), []),
        (CallRule(plans=(Plan("weights", officers=("zul",), lines=(Share("Z"),)),)), []),
        (CallRule(limits=(Limit(30, line="A"),)), ["limits limit_missing"] * 2),
        (CallRule(limits=(Limit(30, line="A"), Limit(9, line="B"))), []),
        (CallRule(limits=(Limit(30, line="Z", group="priority"),)), ["limits limit_missing"]),
        (CallRule(skills=(Skill(("S1",), counters=("2",)),)), []),
        (CallRule(skills=(Skill(("S1",), counters=("1",)),)), ["skills nobody_takes"]),
        (CallRule(skills=(Skill(("S1",), officers=("ani",)),)), ["skills nobody_takes"]),
    ],
)
def test_a_rule_that_does_not_fit_or_could_starve_is_refused(rule, fields):
    assert [f"{each.field} {each.what}" for each in problems_of(rule, HOUSE)] == fields


def test_a_service_that_nobody_takes_on_a_weekday_is_named():
    rule = CallRule(skills=(Skill(("S1",), counters=("1",)),))
    # On Monday the second counter takes it, on Tuesday only the first one is there.
    assert problems_of(rule, HOUSE) == [
        Problem("skills", "nobody_takes", (("service", "S2"), ("weekday", 1)))
    ]
