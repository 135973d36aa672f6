"""The newsletter: ask for it, agree by a link, stop it at any time, send it."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.newsroom.models import Issue, IssueStory, Subscription, SubscriptionState
from gerai.newsroom.queries.newsletter import (
    LINK_VALID,
    asked_with,
    hash_of,
    is_confirmed_with,
    keys_of,
    next_number,
    stop_token,
    stories_to_tell,
    subscription_to_stop,
)
from gerai.newsroom.queries.text import article_path
from gerai.notices import actions as notices
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction, refused_as

# The versions of what people agree to; a new wording is a new number.
CONSENT_VERSION = 1
CONSENTS = {
    1: _(
        "Dengan mengirim formulir ini, Anda setuju menerima buletin berita mal ini melalui surel. "
        "Alamat surel Anda hanya dipakai untuk mengirim buletin dan tidak diberikan kepada pihak "
        "lain. Anda dapat berhenti kapan saja melalui tautan di setiap buletin, dan meminta "
        "alamat Anda dihapus."
    )
}
MAIL_EVERY = timedelta(hours=1)
ENDED_KEPT = timedelta(days=30)
ASKS_WITHIN = timedelta(hours=1)
ASKS_OF_A_SENDER = 20
ASKS_OF_A_MALL = 300
OUR_KEYS = "newsletter:"
LANGUAGE = "id"
# Stands in the letter where the link that stops it is filled in for each.
STOP_MARK = "berhenti"


class TooManyAsked(Refused):
    """Somebody asks for many addresses."""

    message = _("Terlalu banyak permintaan dari jaringan ini. Tunggu satu jam, lalu coba lagi.")
    status = 429


class LinkGone(Refused):
    """The link to confirm is unknown, used or older than seven days."""

    message = _(
        "Tautan konfirmasi ini tidak dikenal atau sudah lewat tujuh hari. "
        "Isi formulir buletin sekali lagi, lalu buka tautan di surel yang baru."
    )
    status = 410


class NoSuchSubscription(Refused):
    """The link to stop belongs to nothing here."""

    message = _(
        "Tautan berhenti ini tidak dikenal. Buka tautan di buletin terakhir yang Anda terima, "
        "atau isi formulir buletin untuk menerima tautan yang baru."
    )
    status = 404


class NothingNew(Refused):
    """No story was published since the last issue."""

    message = _("Belum ada berita baru sejak buletin terakhir. Terbitkan berita dahulu.")


class NobodyListens(Refused):
    """There is no subscriber."""

    message = _("Belum ada pelanggan buletin, jadi belum ada yang dapat dikirimi.")


class OtherStories(Refused):
    """The stories are not those of the preview any more."""

    message = _(
        "Daftar beritanya berubah sejak pratinjau dibuka. Buka pratinjau sekali lagi, lalu kirim."
    )


def check_may_ask(sender: str) -> None:
    """Count one more request for the newsletter from a network address.

    :raises TooManyAsked: twenty within an hour from there, or three hundred in the mall
    """
    of_sender = _count(sha256(sender.encode()).hexdigest())
    if of_sender > ASKS_OF_A_SENDER or _count("all") > ASKS_OF_A_MALL:
        raise TooManyAsked


@one_transaction
def ask(address: str, *, base_url: str) -> None:
    """Send a link to agree by to an address; to one that has agreed, a link to stop by.

    The caller learns nothing of what is known. At most one mail an hour goes to an address.
    base_url: what the links begin with, "https://…", without a stroke at the end.
    """
    now = clock.now()
    _tidy(now)
    address = address.strip().lower()
    Subscription.objects.bulk_create(
        [
            Subscription(
                mall=current_mall(),
                address=address,
                asked_at=now,
                consent_version=CONSENT_VERSION,
            )
        ],
        ignore_conflicts=True,
    )
    token = secrets.token_urlsafe(32)
    silent = Subscription.objects.filter(address=address).may_be_mailed(now, wait=MAIL_EVERY)
    has_asked = silent.exclude(state=SubscriptionState.ACTIVE).update(
        state=SubscriptionState.ASKED,
        token_hash=hash_of(token),
        mailed_at=now,
        asked_at=now,
        confirmed_at=None,
        ended_at=None,
        consent_version=CONSENT_VERSION,
    )
    if has_asked:
        _mail_link(Subscription.objects.get(address=address), token, base_url)
    elif silent.filter(state=SubscriptionState.ACTIVE).update(mailed_at=now):
        _mail_reminder(Subscription.objects.get(address=address), base_url)


@one_transaction
def confirm(token: str) -> None:
    """Begin the subscription that a link agrees to; again, it changes nothing.

    :raises LinkGone: unknown, or older than seven days
    """
    subscription = asked_with(token).first()
    if subscription is None:
        if is_confirmed_with(token):
            return
        raise LinkGone
    if not asked_with(token).update(state=SubscriptionState.ACTIVE, confirmed_at=clock.now()):
        raise LinkGone
    audit.record(
        "newsroom.subscribe",
        thing=f"subscription:{subscription.pk}",
        by=audit.VISITOR,
        consent=subscription.consent_version,
    )


@one_transaction
def stop(token: str, *, erase_address: bool = False) -> None:
    """End a subscription; what waits to be sent to it goes out no more. Again is no mistake.

    erase_address: keep no address, now rather than in thirty days.

    :raises NoSuchSubscription: the token is none of this mall
    """
    subscription = subscription_to_stop(token)
    if subscription is None:
        raise NoSuchSubscription
    now = clock.now()
    _tidy(now)
    mine = Subscription.objects.filter(pk=subscription.pk)
    has_ended = mine.exclude(state=SubscriptionState.ENDED).update(
        state=SubscriptionState.ENDED, ended_at=now, token_hash=""
    )
    if subscription.address:
        notices.erase(to=subscription.address, keys=OUR_KEYS)
    if erase_address:
        mine.update(address="")
    if has_ended or (erase_address and subscription.address):
        audit.record(
            "newsroom.unsubscribe",
            thing=f"subscription:{subscription.pk}",
            by=audit.VISITOR,
            erased=erase_address,
        )


@refused_as(OtherStories)
@one_transaction
def send_issue(
    *,
    subject: str,
    intro: str,
    told: str,
    base_url: str,
    text: str,
    html: str,
    by: audit.Actor,
) -> Issue:
    """Send the stories published since the last issue to everybody who agreed, once each.

    told: the keys of the stories that the editor saw, as `keys_of` writes them.
    text, html: the letter about these; [[berhenti]] stands for the link to stop.

    :raises NothingNew: no story since the last issue
    :raises OtherStories: the stories are not those of the preview any more
    :raises NobodyListens: no subscriber
    """
    now = clock.now()
    _tidy(now)
    mall = current_mall()
    stories = stories_to_tell()
    if not stories:
        raise NothingNew
    if keys_of(stories) != told:
        raise OtherStories
    listeners = list(Subscription.objects.active().order_by("pk"))
    if not listeners:
        raise NobodyListens
    issue = Issue.objects.create(
        mall=mall,
        number=next_number(),
        subject=subject,
        intro=intro,
        base_url=base_url,
        sent_at=now,
        addressees=len(listeners),
    )
    IssueStory.objects.bulk_create(
        IssueStory(
            mall=mall,
            issue=issue,
            article=story,
            position=place,
            title=story.title,
            summary=story.summary,
            path=article_path(story),
        )
        for place, story in enumerate(stories, start=1)
    )
    notices.send_many(
        to=_addressees(issue, listeners),
        subject=subject,
        text=text,
        html=html,
        headers=_list_headers(base_url),
        batch=issue.batch,
    )
    audit.record(
        "newsroom.send_issue",
        thing=f"issue:{issue.pk}",
        by=by,
        number=issue.number,
        stories=len(stories),
        addressees=len(listeners),
    )
    return issue


def _addressees(issue: Issue, listeners: Sequence[Subscription]) -> list[notices.Addressee]:
    return [
        notices.Addressee(
            address=each.address,
            key=f"{OUR_KEYS}issue:{issue.pk}:{each.pk}",
            marks={STOP_MARK: _stop_url(each, issue.base_url)},
        )
        for each in listeners
    ]


def _list_headers(base_url: str) -> dict[str, str]:
    """Return the head of a list's message: RFC 2919, RFC 2369 and RFC 8058."""
    return {
        "List-Id": f"<buletin.{urlsplit(base_url).hostname}>",
        "List-Unsubscribe": f"<[[{STOP_MARK}]]>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }


def _stop_url(subscription: Subscription, base_url: str) -> str:
    return f"{base_url}{reverse('newsletter:stop', args=[stop_token(subscription)])}"


def _mail_link(subscription: Subscription, token: str, base_url: str) -> None:
    with override(LANGUAGE):
        facts = {
            "mall": current_mall().name,
            "link": f"{base_url}{reverse('newsletter:confirm', args=[token])}",
            "days": LINK_VALID.days,
            "stop": _stop_url(subscription, base_url),
        }
        subject = gettext("Konfirmasi langganan buletin %(mall)s") % facts
        text = (
            gettext(
                "Halo,\n\n"
                "alamat surel ini dimasukkan untuk menerima buletin %(mall)s. "
                "Jika Anda memang ingin menerimanya, buka tautan ini dalam %(days)d hari, "
                "lalu tekan tombolnya:\n\n"
                "%(link)s\n\n"
                "Jika bukan Anda yang meminta, abaikan surel ini: buletin tidak akan dikirim. "
                "Untuk langsung menghapus alamat ini dari daftar kami, buka:\n\n"
                "%(stop)s\n"
            )
            % facts
        )
    _mail(subscription, subject, text)


def _mail_reminder(subscription: Subscription, base_url: str) -> None:
    with override(LANGUAGE):
        facts = {"mall": current_mall().name, "stop": _stop_url(subscription, base_url)}
        subject = gettext("Anda sudah berlangganan buletin %(mall)s") % facts
        text = (
            gettext(
                "Halo,\n\n"
                "alamat surel ini dimasukkan untuk menerima buletin %(mall)s. "
                "Anda sudah berlangganan, jadi tidak perlu melakukan apa-apa.\n\n"
                "Ingin berhenti, atau menghapus alamat ini? Buka:\n\n"
                "%(stop)s\n"
            )
            % facts
        )
    _mail(subscription, subject, text)


@inside_transaction
def _mail(subscription: Subscription, subject: str, text: str) -> None:
    notices.send(
        to=subscription.address,
        subject=" ".join(subject.split())[:200],
        text=text,
        headers={"Auto-Submitted": "auto-replied"},
        key=f"{OUR_KEYS}ask:{subscription.pk}:{subscription.mailed_at:%Y%m%d%H%M%S%f}",
        is_secret=True,
    )


def _tidy(now: datetime) -> None:
    """Keep no address that has not agreed in time, or that left a month ago."""
    Subscription.objects.filter(
        state=SubscriptionState.ASKED, asked_at__lte=now - LINK_VALID
    ).delete()
    Subscription.objects.filter(
        state=SubscriptionState.ENDED, ended_at__lte=now - ENDED_KEPT
    ).exclude(address="").update(address="")


def _count(name: str) -> int:
    key = f"newsletter:{current_mall().pk}:{name}"
    cache.add(key, 0, timeout=int(ASKS_WITHIN.total_seconds()))
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1  # it ended between the two
