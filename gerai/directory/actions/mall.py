"""What the mall in scope says of itself."""

from gerai.live.publish import publish
from gerai.malls import actions as malls
from gerai.malls.scope import current_mall
from gerai.people import audit
from gerai.transactions import one_transaction


@one_transaction
def describe_mall(
    *, name: str, address: str, running_text: str, joint_leave_closes: bool, by: audit.Actor
) -> None:
    """Say the mall anew: name, address, running text, and whether joint leave closes it."""
    mall = current_mall()
    said = {
        "name": name,
        "address": address,
        "running_text": running_text,
        "joint_leave_closes": joint_leave_closes,
    }
    changed = sorted(part for part, value in said.items() if value != getattr(mall, part))
    malls.describe_mall(
        mall,
        name=name,
        address=address,
        running_text=running_text,
        joint_leave_closes=joint_leave_closes,
    )
    audit.record("malls.describe", thing=f"mall:{mall.pk}", by=by, changed=changed)
    publish("directory.describe_mall")
