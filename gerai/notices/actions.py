"""Telling persons: a message is kept with what it tells of, and goes out after the commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.db.models import F, Q
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from gerai import clock, later
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.notices.models import Letter, Message, MessageState
from gerai.notices.queries import has_mail_server
from gerai.notices.rules import PERMANENT, TRIES, filled, is_one_line, message_id, wait_after
from gerai.transactions import inside_transaction, one_transaction

KEPT = timedelta(days=30)  # address and text, once a message went or was given up
GIVEN_UP_AFTER = timedelta(days=7)
LOOK_FOR_SERVER = timedelta(hours=1)
# One run sends for so long; a message it holds is free again after the lease; the next run is
# asked for beforehand, so that a worker that dies leaves nothing lying.
RUN = timedelta(minutes=5)
LEASE = timedelta(minutes=10)
AFTER_A_CRASH = RUN + LEASE + timedelta(minutes=1)
ROWS_A_STATEMENT = 500
GAVE_UP = "gave up"
ERASED = "erased"


class BadAddress(Refused):
    """Nothing can be sent to this."""

    message = _("Alamat surel ini tidak dapat dikirimi pesan. Periksa penulisannya.")
    status = 400


class BrokenHead(Refused):
    """The head of the message would have become two."""

    message = _("Judul pesan hanya boleh satu baris. Perbaiki judulnya, lalu kirim lagi.")
    status = 400


@dataclass(frozen=True)
class Addressee:
    """One who gets a letter, and what differs for them."""

    address: str
    key: str
    marks: Mapping[str, str] = field(default_factory=dict)


@inside_transaction
def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    key: str,
    batch: str = "",
    is_secret: bool = False,
) -> None:
    """Send a message by e-mail, after the commit and once for its key.

    key, batch: never personal data, they stay. is_secret: erase the text as soon as it went.

    :raises BadAddress: `to` is no address
    :raises BrokenHead: a subject or header of two lines
    """
    if Message.objects.filter(key=key).exists():
        return
    letter = _letter(subject, text, html, headers or {}, is_secret=is_secret)
    _queue(letter, [Addressee(to, key)], batch)


@inside_transaction
def send_many(
    *,
    to: Sequence[Addressee],
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    batch: str,
) -> None:
    """Send one letter to many; [[marks]] in text, HTML and headers are filled for each.

    :raises BadAddress: one of them is no address
    :raises BrokenHead: a subject or header of two lines
    """
    letter = _letter(subject, text, html, headers or {}, is_shared=True)
    _queue(letter, to, batch)


def _letter(subject: str, text: str, html: str, headers: Mapping[str, str], **kind: bool) -> Letter:
    if not all(is_one_line(line) for line in (subject, *headers, *headers.values())):
        raise BrokenHead
    now = clock.now()
    mall = current_mall()
    morning = clock.at(clock.local_day(now, mall.zone), 0, 0, mall.zone)
    if not Letter.objects.filter(made_at__gte=morning).exists():
        later.run("notices.forget", at=morning + KEPT + timedelta(days=1, minutes=5), mall=mall.pk)
    return Letter.objects.create(
        mall=mall,
        subject=subject,
        text=text,
        html=html,
        headers=dict(headers),
        made_at=now,
        **kind,
    )


def _queue(letter: Letter, to: Sequence[Addressee], batch: str) -> None:
    for addressee in to:
        _check(addressee)
    mall = current_mall()
    Message.objects.bulk_create(
        [
            Message(
                mall=mall,
                letter=letter,
                to=addressee.address,
                marks=dict(addressee.marks),
                key=addressee.key,
                batch=batch,
                made_at=letter.made_at,
                due_at=letter.made_at,
            )
            for addressee in to
        ],
        batch_size=ROWS_A_STATEMENT,
        ignore_conflicts=True,
    )
    later.run("notices.deliver", mall=mall.pk)


def _check(addressee: Addressee) -> None:
    try:
        validate_email(addressee.address)
    except ValidationError as wrong:
        raise BadAddress from wrong
    if not all(is_one_line(value) for value in addressee.marks.values()):
        raise BrokenHead


def deliver() -> int:
    """Send what is due in the mall in scope, for five minutes at most; return how many went.

    Not a transaction: each message is claimed in one, sent outside, and noted in another.
    """
    _give_up()
    if not has_mail_server():
        _wait_for_server()
        return 0
    if not _begin_run():
        return 0
    ends_at = clock.now() + RUN
    went = 0
    connection = get_connection()
    try:
        while clock.now() < ends_at and (message := _claim()):
            trouble = _hand_over(connection, message)
            if trouble is None:
                _note_sent(message)
                went += 1
                continue
            _note_trouble(message, trouble)
            if trouble.is_of_server:
                return went
    finally:
        connection.close()
    _go_on()
    return went


@one_transaction
def forget() -> int:
    """Erase address and text of what was made thirty days ago; return how many messages."""
    before = clock.now() - KEPT
    old = Message.objects.filter(made_at__lt=before)
    _fail(old, GAVE_UP)
    forgotten = old.exclude(to="").update(to="", marks={})
    _erase_letters(Letter.objects.filter(made_at__lt=before).exclude(subject=""))
    return forgotten


@inside_transaction
def erase(*, to: str, keys: str) -> int:
    """Erase an address from the messages whose key begins so; what waits goes out no more.

    Returns how many messages had it.
    """
    theirs = Message.objects.filter(to=to, key__startswith=keys)
    _erase_letters(Letter.objects.filter(messages__in=theirs, is_shared=False))
    _fail(theirs, ERASED)
    return theirs.update(to="", marks={})


@dataclass(frozen=True)
class Trouble:
    """Why a message did not go."""

    words: str
    is_for_good: bool
    is_of_server: bool


@one_transaction
def _give_up() -> None:
    now = clock.now()
    due = Message.objects.filter(state=MessageState.QUEUED, due_at__lte=now)
    _fail(due.filter(Q(tries__gte=TRIES) | Q(made_at__lt=now - GIVEN_UP_AFTER)), GAVE_UP)


@one_transaction
def _wait_for_server() -> None:
    now = clock.now()
    due = Message.objects.filter(state=MessageState.QUEUED, due_at__lte=now)
    if due.update(due_at=now + LOOK_FOR_SERVER):
        later.run("notices.deliver", at=now + LOOK_FOR_SERVER, mall=current_mall().pk)


@one_transaction
def _begin_run() -> bool:
    now = clock.now()
    if not Message.objects.due(now).exists():
        return False
    later.run("notices.deliver", at=now + AFTER_A_CRASH, mall=current_mall().pk)
    return True


@one_transaction
def _claim() -> Message | None:
    now = clock.now()
    due = Message.objects.due(now).select_related("letter")
    message = due.select_for_update(skip_locked=True, of=("self",)).first()
    if message is None:
        return None
    mine = Message.objects.filter(
        pk=message.pk, state=MessageState.QUEUED, tries=message.tries, due_at=message.due_at
    )
    if not mine.update(tries=F("tries") + 1, due_at=now + LEASE):
        return None
    message.tries += 1
    return message


def _hand_over(connection: Any, message: Message) -> Trouble | None:
    """Give a message to the mail server; return what went wrong, if anything."""
    try:
        connection.open()
        _mail(connection, message).send()
    except OSError as error:  # all of smtplib's are, and those of sockets
        return _trouble(error)
    except ValueError as error:  # what cannot be written as a message at all
        return Trouble(type(error).__name__, is_for_good=True, is_of_server=False)
    return None


def _mail(connection: Any, message: Message) -> EmailMultiAlternatives:
    letter, marks = message.letter, message.marks
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    headers = {name: filled(value, marks) for name, value in letter.headers.items()}
    headers["Message-ID"] = message_id(message.key, message.mall_id, sender.rpartition("@")[2])
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=filled(letter.text, marks),
        from_email=formataddr((" ".join(current_mall().name.split()), sender)),
        to=[message.to],
        headers=headers,
        connection=connection,
    )
    if letter.html:
        mail.attach_alternative(filled(letter.html, marks, escape=escape), "text/html")
    return mail


def _trouble(error: OSError) -> Trouble:
    """Weigh an error. Its own words are not kept: they may hold the address."""
    code = 0
    if isinstance(error, SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    elif isinstance(error, SMTPResponseException):
        code = error.smtp_code
    is_of_message = isinstance(error, SMTPRecipientsRefused | SMTPDataError | SMTPNotSupportedError)
    return Trouble(
        words=f"{type(error).__name__} {code or ''}".strip(),
        is_for_good=isinstance(error, SMTPNotSupportedError)
        or (is_of_message and code in PERMANENT),
        is_of_server=not is_of_message and not isinstance(error, SMTPSenderRefused),
    )


@one_transaction
def _note_sent(message: Message) -> None:
    _held(message).update(state=MessageState.SENT, sent_at=clock.now(), last_error="")
    _erase_letters(Letter.objects.filter(pk=message.letter_id, is_secret=True))


@one_transaction
def _note_trouble(message: Message, trouble: Trouble) -> None:
    wait = None if trouble.is_for_good else wait_after(message.tries)
    if wait is None:
        _held(message).update(state=MessageState.FAILED, last_error=trouble.words)
        return
    again: datetime = clock.now() + wait
    if _held(message).update(due_at=again, last_error=trouble.words):
        later.run("notices.deliver", at=again, mall=message.mall_id)


def _held(message: Message) -> Any:
    return Message.objects.filter(pk=message.pk, state=MessageState.QUEUED, tries=message.tries)


@one_transaction
def _go_on() -> None:
    if Message.objects.due(clock.now()).exists():
        later.run("notices.deliver", mall=current_mall().pk)


def _fail(messages: Any, why: str) -> None:
    messages.filter(state=MessageState.QUEUED).update(state=MessageState.FAILED, last_error=why)


def _erase_letters(letters: Any) -> None:
    letters.update(subject="", text="", html="", headers={})
