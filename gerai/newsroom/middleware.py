"""The editing pages stand inside the mall: who enters, and that nothing foreign is touched."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.users.models import UserProfile

from gerai.malls.scope import current_mall
from gerai.newsroom.queries.sites import are_here, wagtail_site
from gerai.newsroom.wall import DOORS
from gerai.people.guard import NotAllowed, to_sign_in
from gerai.people.middleware import refused
from gerai.people.queries import groups_prefix

PLACE = "/redaksi/"


class EditorsWall:
    """Guards every address of the page editor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_editing = request.path_info.startswith(PLACE)
        # The page tree asks for the site that was called: told by the mall, not by its own
        # list of host names.
        request._wagtail_site = SimpleLazyObject(wagtail_site)  # type: ignore[attr-defined] # noqa: SLF001
        response = self.get_response(request)
        if is_editing:
            _loosen_for_the_editor(response)
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let somebody in, or not, before the page runs."""
        if not request.path_info.startswith(PLACE):
            return None
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if "newsroom.write" not in request.may:  # type: ignore[attr-defined]
            return refused(request, NotAllowed())
        match = request.resolver_match
        name = match.view_name if match else ""
        if name == "wagtailadmin_account":
            return redirect("people:account")
        if name not in DOORS:
            raise Http404
        for key, kind in DOORS[name].items():
            if not are_here(kind, _keys(request, key, kwargs)):
                raise Http404
        _only_here(request.user)
        _by_the_clock_of_the_mall(request.user)
        return None


def _keys(request: HttpRequest, key: str, kwargs: dict[str, Any]) -> list[object]:
    """Return what stands in the address under a name; "?name!" must stand in the query."""
    if not key.startswith("?"):
        return [kwargs[key]]
    found: list[object] = list(request.GET.getlist(key.strip("?!")))
    if key.endswith("!") and not found:
        raise Http404
    return found


def _only_here(user: Any) -> None:
    """Leave of a person's permissions those of this mall: many write for one, few for two."""
    groups = user.groups.filter(name__startswith=groups_prefix())
    pages = GroupPagePermission.objects.filter(group__in=groups)
    shelves = GroupCollectionPermission.objects.filter(group__in=groups)
    user._page_permission_cache = list(pages.select_related("page", "permission"))  # noqa: SLF001
    user._collection_permission_cache = list(  # noqa: SLF001
        shelves.select_related("collection", "permission")
    )


def _by_the_clock_of_the_mall(user: Any) -> None:
    """Let the page editor read and write times as the mall's wall clock shows them."""
    profile = UserProfile.get_for_user(user)
    profile.current_time_zone = current_mall().zone  # not stored: some write for two malls
    user.wagtail_userprofile = profile


def _loosen_for_the_editor(response: HttpResponse) -> None:
    """The page editor writes styles and scripts into its pages, and shows previews in a frame.

    A preview comes back from all of the middleware as if a reader had asked for the page.
    """
    response.headers.pop("Content-Security-Policy", None)
    response._csp_update = {  # type: ignore[attr-defined] # noqa: SLF001
        "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
    }
    response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined] # noqa: SLF001
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
