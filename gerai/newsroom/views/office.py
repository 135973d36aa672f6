"""How the newsroom of a mall works."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gerai.newsroom.actions.sites import set_rules
from gerai.newsroom.forms.site import SiteRules
from gerai.newsroom.queries.sites import mall_site
from gerai.people.audit import actor_of
from gerai.people.guard import allow


@allow("website.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Show and change the newsroom's rules."""
    site = mall_site()
    stored = {name: getattr(site, name, None) for name in SiteRules.base_fields}
    form = SiteRules(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        set_rules(**form.cleaned_data, by=actor_of(request.user))
        messages.success(request, _("Aturan redaksi disimpan."))
        return redirect("newsroom_office:rules")
    return render(
        request,
        "newsroom/office/rules.html",
        {"form": form, "site": site},
        status=400 if form.errors else 200,
    )
