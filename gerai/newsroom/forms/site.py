"""The newsroom's rules as a form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gerai.newsroom.models import CommentRule

LONGEST_DAYS = 3650
LONGEST_MINUTES = 24 * 60


class SiteRules(forms.Form):
    """Second person, comments, their time limits."""

    needs_second_person = forms.BooleanField(
        label=_("Berita diterbitkan orang kedua"),
        required=False,
        help_text=_("Penulis tidak menerbitkan beritanya sendiri; redaktur lain meninjaunya."),
    )
    comment_rule = forms.ChoiceField(label=_("Komentar pembaca"), choices=CommentRule.choices)
    comments_close_after_days = forms.IntegerField(
        label=_("Komentar ditutup setelah (hari)"),
        min_value=0,
        max_value=LONGEST_DAYS,
        help_text=_("0 berarti tidak pernah ditutup."),
    )
    comment_edit_minutes = forms.IntegerField(
        label=_("Pembaca dapat mengubah komentarnya selama (menit)"),
        min_value=0,
        max_value=LONGEST_MINUTES,
        help_text=_("0 berarti tidak dapat diubah."),
    )

    def clean_comment_rule(self) -> CommentRule:
        """Return the rule itself."""
        return CommentRule(self.cleaned_data["comment_rule"])
