"""How a line of the log is written: what happened where, without what a person is known by or has typed.

Mail addresses, public network addresses and keys of links become marks wherever they stand. Of an error the kind and
the places in the code are written, its sentence only where it speaks of the machine or the code: others quote values.
Outside production (`PORTAL_ENV`) whoever develops reads every sentence.

Libraries and databases quote values in the sentence of an error; its kind, its places in the code and the reference
number are in the log (decided 2026-11-28).
"""

import copy
import ipaddress
import logging
import re
import smtplib
import traceback
from collections.abc import Iterator
from types import TracebackType

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, DataError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

_HEAD = "Traceback (most recent call last):\n"
WITHHELD = "(kalimatnya tidak dicatat)"
_SPEAK_OF_THE_MACHINE = (
    *(OSError, DatabaseError, BrokerError, RedisError, ImportError, MemoryError, RecursionError),
    *(AttributeError, NameError, TypeError, ImproperlyConfigured, TemplateDoesNotExist, TemplateSyntaxError),
)
# What a mail server answers quotes the address and sometimes the message; values stand in what a database finds wrong.
_QUOTE_VALUES = (smtplib.SMTPException, DataError)

# Each looks only where a word begins, so that a long one costs no more than its length.
_MAIL_ADDRESS = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NETWORK_ADDRESS = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)"
    r"|(?<![\w.:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4}(?![\w:]|\.\d)"
)
# What people look for or have filled in stands behind the question mark.
_QUERY = re.compile(r"(?<=[\w/=.-])\?[^\s'\"]{2,}")
# Links that let in whoever has them: signed ones, those that set a new password, and the one that sets the portal up.
_KEY = re.compile(
    r"(?<![\w-])[\w-]+:[\w-]{6,}:[\w-]{20,}|(?<!\w)\w+-[0-9a-z]{6,}-[0-9a-f]{32,}|(?<=/penyiapan/)[\w-]{20,}"
)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LineFormatter(logging.Formatter):
    """Writes a record as one line, and an error below it as the way it took; with `sentences` all that errors say."""

    def __init__(self, fmt: str | None = None, datefmt: str | None = None, *, sentences: bool = False) -> None:
        super().__init__(fmt, datefmt)
        self._sentences = sentences

    def format(self, record: logging.LogRecord) -> str:
        """The whole text. The record stays as it is for other handlers."""
        record = copy.copy(record)
        record.exc_text = None
        if self._sentences:
            return without_marks_of_people(super().format(record))
        if isinstance(record.args, tuple):
            record.args = tuple(error_line(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg, record.args = _without_sentence(record.getMessage(), error), None
        return without_marks_of_people(super().format(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name is logging's
        """The places in the code, causes first, without the values in what was said."""
        parts = [
            "Traceback (most recent call last):\n"
            + "".join(traceback.format_tb(error.__traceback__))
            + self._error_line(error)
            for error in reversed(list(_chain(ei[1])))
        ]
        return "\n\n".join(parts)

    def _error_line(self, error: BaseException) -> str:
        return "".join(traceback.format_exception_only(error)).rstrip() if self._sentences else error_line(error)


def error_line(error: BaseException) -> str:
    """An error in one line: its kind, and its sentence where that names no values."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if not isinstance(error, _SPEAK_OF_THE_MACHINE) or isinstance(error, _QUOTE_VALUES):
        return f"{name}: {WITHHELD}"
    sentence = str(error).strip().split("\n", 1)[0]  # a database adds the row or the statement below
    return f"{name}: {sentence}" if sentence else name


def without_marks_of_people(text: str) -> str:
    """`text` without mail addresses, public network addresses and keys of links."""
    text = _MAIL_ADDRESS.sub("(alamat surel)", _QUERY.sub("?…", text))
    return _NETWORK_ADDRESS.sub(_unless_private, _KEY.sub("(kunci)", text))


def _unless_private(found: re.Match[str]) -> str:
    """Addresses of the portal's own machines help to find a fault."""
    try:
        public = ipaddress.ip_address(found[0]).is_global
    except ValueError:
        return found[0]
    return "(alamat IP)" if public else found[0]


def _without_sentence(message: str, error: BaseException) -> str:
    """A message that repeats the error says of it what the way below says."""
    for text in (repr(error), str(error)):
        if text:
            message = message.replace(text, error_line(error))
    return message


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from, each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
