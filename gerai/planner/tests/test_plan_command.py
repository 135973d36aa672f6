"""``gerai plan``: figures as JSON and in words; what cannot be used is answered in words."""

import json

import pytest
from django.core.management import call_command

FULL = ("--arrivals", "0.836", "--service-rate", "0.214", "--counters", "4")


def test_plan_prints_the_figures_as_json(capsys):
    call_command("plan", *FULL, "--json")

    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["stable", "rho", "p0", "p_wait", "lq", "l", "wq", "w"]
    assert printed.pop("stable") is True
    assert {name: f"{value:.6g}" for name, value in printed.items()} == {
        "rho": "0.976636",
        "p0": "0.00228408",
        "p_wait": "0.948669",
        "lq": "39.6544",
        "l": "43.5609",
        "wq": "47.4334",
        "w": "52.1063",
    }


def test_plan_has_no_figures_for_an_unstable_line(capsys):
    call_command("plan", "--arrivals=1.13", "--service-rate=1", "--counters=1", "--json")

    missing = dict.fromkeys(("p0", "p_wait", "lq", "l", "wq", "w"))
    assert json.loads(capsys.readouterr().out) == {"stable": False, "rho": 1.13, **missing}


def test_plan_draws_the_edge_of_stability_by_the_digits_typed(capsys):
    call_command("plan", "--arrivals=0,3", "--service-rate=0,1", "--counters=3", "--json")

    printed = json.loads(capsys.readouterr().out)
    assert (printed["stable"], printed["rho"]) == (False, 1.0)


def test_plan_says_what_the_figures_mean(capsys):
    call_command("plan", *FULL)

    table, meaning = capsys.readouterr().out.split("\n\n")
    assert [line.rsplit("  ", 1)[1] for line in table.splitlines()] == [
        "97,66 %",
        "0,2284 %",
        "94,87 %",
        "39,65",
        "43,56",
        "47,43",
        "52,11",
    ]
    assert meaning.splitlines()[0] == (
        "Artinya: sekitar 95 dari 100 orang harus menunggu. Rata-rata semua orang menunggu "
        "47,43 satuan waktu, dan rata-rata 39,65 orang ada di antrean."
    )


def test_plan_writes_large_and_tiny_figures_for_people(capsys):
    call_command("plan", "--arrivals=5e4", "--service-rate=1", "--counters=60000")

    table = capsys.readouterr().out.splitlines()
    assert table[1].endswith("  0 %")
    assert table[4].endswith("  50.000")
    call_command("plan", "--arrivals=30", "--service-rate=1", "--counters=40")
    assert capsys.readouterr().out.splitlines()[1].endswith("  kurang dari 0,0001 %")


def test_plan_says_how_many_counters_an_unstable_line_needs(capsys):
    call_command("plan", "--arrivals=3", "--service-rate=1", "--counters=3")

    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Beban tiap loket (rho)  100 %"
    assert told[2].startswith("Tidak stabil: ")
    assert told[3] == "Bukalah sedikitnya 4 loket."


BAD = {
    "arrivals": ["0", "-1", "nan", "inf", "satu", "1e99", "1/0", "1_000", " ", "9" * 5000, "1.2.3"],
    "service-rate": ["0", "-0.5", "1e-99", "NaN", "٣", ".", "--5"],
    "counters": ["0", "-3", "1.5", "1e3", "100001", "9" * 5000, "dua", "٣"],
}


@pytest.mark.parametrize(
    ("name", "typed"), [(name, typed) for name, values in BAD.items() for typed in values]
)
@pytest.mark.parametrize("extra", [(), ("--json",)])
def test_plan_refuses_what_it_cannot_use(capsys, name, typed, extra):
    values = {"arrivals": "3", "service-rate": "1", "counters": "4"} | {name: typed}
    with pytest.raises(SystemExit) as ended:
        call_command("plan", *(f"--{key}={value}" for key, value in values.items()), *extra)

    printed = capsys.readouterr()
    assert (ended.value.code, printed.out) == (2, "")
    assert printed.err.startswith(("Isi --", "Banyaknya loket", "Sebutkan --"))
    assert len(printed.err) < 200
