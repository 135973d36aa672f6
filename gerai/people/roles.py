"""THE TABLE role → verbs. Pages, buttons and the API all ask here."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in one mall."""

    OFFICER = "officer"
    GREETER = "greeter"
    SUPERVISOR = "supervisor"
    WRITER = "writer"
    EDITOR = "editor"
    HOST = "host"
    FOUNDER = "founder"
    LEADER = "leader"
    MALL_ADMIN = "mall_admin"


DESK = frozenset({"queue.serve"})
GREET = frozenset({"queue.greet"})
WATCH = frozenset(
    {
        "queue.watch",
        "queue.act_for",
        "queue.decide_closing",
        "queue.freeze",
        "survey.read",
        "planner.plan",
        "pulse.handle",
        "pulse.limits",
    }
)
MANAGE = frozenset(
    {
        "directory.manage",
        "people.manage",
        "people.audit",
        "display.manage",
        "queue.rule",
    }
)

WRITE = frozenset({"newsroom.write"})
RECEIVE = frozenset({"visits.manage", "showcase.present", "story.choose"})
LEAD = frozenset({"founding.read", "insights.read", "survey.read"})
FOUND = LEAD | {"founding.work", "blueprint.manage", "directory.manage", "planner.plan"}
EDIT = WRITE | {"newsroom.publish", "newsroom.moderate", "website.edit"}

VERBS: dict[Role, frozenset[str]] = {
    Role.OFFICER: DESK,
    Role.GREETER: GREET,
    Role.SUPERVISOR: DESK | GREET | WATCH | {"showcase.present", "insights.read"},
    Role.WRITER: WRITE,
    Role.EDITOR: EDIT,
    Role.HOST: RECEIVE,
    Role.FOUNDER: FOUND,
    Role.LEADER: LEAD,
    Role.MALL_ADMIN: GREET | WATCH | MANAGE | EDIT | RECEIVE | FOUND | {"founding.open"},
}
PLATFORM_ADMIN = (
    GREET | WATCH | MANAGE | RECEIVE | FOUND | frozenset({"founding.open", "malls.manage"})
)


def verbs_of(role: Role | None, *, is_platform_admin: bool = False) -> frozenset[str]:
    """Return what somebody with a role in this mall may do.

    A platform administrator may all but serve at a desk and write in a mall's name, in
    every mall.
    """
    allowed = VERBS[role] if role is not None else frozenset()
    return allowed | PLATFORM_ADMIN if is_platform_admin else allowed


def all_verbs() -> frozenset[str]:
    """Return every verb that the table knows."""
    return PLATFORM_ADMIN.union(*VERBS.values())
