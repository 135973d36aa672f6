"""The sample's plan of counters, from invented figures; the background plays its days."""

from gerai.people import audit
from gerai.planner.actions import ask
from gerai.planner.models import Origin, Plan
from gerai.planner.rules.document import guessed
from gerai.planner.rules.hall import Counter
from gerai.planner.rules.staffing import Promise
from gerai.portals.sample.house import SAMPLE

OPENS, QUARTERS = 8 * 60, 28
# Service, people a day, minutes for each, counters now.
LINES = (
    ("Contoh: KTP-el dan KIA", 120, 10, 3),
    ("Contoh: paspor", 60, 15, 3),
    ("Contoh: pajak kendaraan", 90, 6, 2),
)


def make_counter_plan() -> bool:
    """Ask for a plan, once."""
    if Plan.objects.exists():
        return False
    lines = {str(number): line for number, line in enumerate(LINES, 1)}
    whole_day = ((0.0, QUARTERS * 900.0),)
    ask(
        name="Contoh: tiga antrean tersibuk",
        origin=Origin.GUESS,
        opens=OPENS,
        quarters=QUARTERS,
        promise=Promise(share=0.8, within_s=900),
        rupiah_per_hour=30_000,
        cost_source=SAMPLE,
        flows=[
            guessed(code, a_day=people, minutes=minutes, quarters=QUARTERS, is_morning=True)
            for code, (_name, people, minutes, _counters) in lines.items()
        ],
        counters=[
            Counter(f"{code}.{place}", frozenset({code}), whole_day)
            for code, (_name, _people, _minutes, count) in lines.items()
            for place in range(1, count + 1)
        ],
        names={code: line[0] for code, line in lines.items()},
        by=audit.SYSTEM,
    )
    return True
