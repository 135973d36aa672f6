"""What the mall says of itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gerai.directory.actions.mall import describe_mall
from gerai.directory.forms import MallFields
from gerai.malls.regions import region_names
from gerai.malls.scope import current_mall
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def mall(request: HttpRequest) -> HttpResponse:
    """Show and change the mall's name, address and running text."""
    here = current_mall()
    stored = {name: getattr(here, name) for name in MallFields.base_fields}
    form = MallFields(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(request, form, lambda: describe_mall(**form.cleaned_data, by=by), {}):
        messages.success(request, _("Keterangan mal disimpan."))
        return redirect("manage:mall")
    return render(
        request,
        "directory/mall.html",
        {"form": form, "region": region_names().get(here.region_code, here.region_code)},
        status=400 if form.errors else 200,
    )
