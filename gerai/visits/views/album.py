"""The album of a visit, at the desk."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.errors import Refused
from gerai.papers.responses import attachment_response
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.visits.actions import album as actions
from gerai.visits.forms.day import Album, OnePhoto
from gerai.visits.models import Visit
from gerai.visits.queries import day as queries
from gerai.visits.views.day import the_visit


@allow("visits.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def album(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the album, and take pictures in."""
    visit = the_visit(pk)
    form = Album()
    if request.method == "POST":
        form = Album(request.POST, request.FILES)
        if form.is_valid() and _taken_in(request, visit, form):
            return redirect("visits_office:album", pk)
    known = {
        "visit": visit,
        "form": form,
        "photos": [
            (
                photo,
                OnePhoto(
                    initial={"caption": photo.caption, "all_agree": photo.all_agree},
                    auto_id=f"foto-{photo.pk}-%s",
                ),
            )
            for photo in queries.photos_of(visit)
        ],
        "without_consent": queries.refuses_photos(visit),
    }
    return render(request, "visits/album.html", known, status=400 if form.errors else 200)


def _taken_in(request: HttpRequest, visit: Visit, form: Album) -> bool:
    try:
        photos = actions.add_photos(
            visit,
            form.cleaned_data["photos"],
            caption=form.cleaned_data["caption"],
            all_agree=form.cleaned_data["all_agree"],
            by=actor_of(request.user),
        )
    except Refused as refused:
        form.add_error("photos", str(refused))
        return False
    messages.success(request, _("%(count)d foto disimpan.") % {"count": len(photos)})
    return True


@allow("visits.manage")
@require_safe
def photo_file(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """Show a picture."""
    found = queries.photo_of(the_visit(pk), photo)
    if found is None:
        raise Http404
    return attachment_response(queries.picture_of(found))


@allow("visits.manage")
@require_POST
def change_photo(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """Write a picture's caption and consent, or erase it."""
    found = queries.photo_of(the_visit(pk), photo)
    if found is None:
        raise Http404
    if request.POST.get("remove") == "1":
        actions.remove_photo(found, by=actor_of(request.user))
        messages.success(request, _("Foto dihapus."))
        return redirect("visits_office:album", pk)
    form = OnePhoto(request.POST)
    if not form.is_valid():
        messages.error(request, _("Keterangan paling banyak 240 huruf."))
        return redirect("visits_office:album", pk)
    actions.change_photo(
        found,
        caption=form.cleaned_data["caption"],
        all_agree=form.cleaned_data["all_agree"],
        by=actor_of(request.user),
    )
    messages.success(request, _("Keterangan foto disimpan."))
    return redirect("visits_office:album", pk)
