"""Logs as JSON lines: what happened, never about whom."""

import logging
import logging.config
from collections.abc import MutableMapping
from typing import Any

import structlog

_SAFE = (
    "event",
    "level",
    "timestamp",
    "logger",
    "status_code",
    "name",
    "seconds",
    "count",
    "kind",
    "id",
    "exception_type",
)


def only_harmless(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the listed fields only, so that a stray variable can never carry personal data into a log."""
    return {key: event[key] for key in _SAFE if key in event}


def without_arguments(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """For other libraries' log lines: the fixed message text, the kind of exception, no values."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        event["event"] = str(record.msg).split("\n")[0][:200]
        if record.exc_info and record.exc_info[0]:
            event["exception_type"] = record.exc_info[0].__name__
    return event


def configure(options: dict[str, Any]) -> None:
    """Send every log line through structlog to standard error, as JSON without personal data."""
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            stamp,
            only_harmless,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(),
    )
    formatter: dict[str, Any] = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            stamp,
            without_arguments,
        ],
        "processors": [only_harmless, structlog.processors.JSONRenderer()],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            # apprise writes whom it reached into the text of its lines itself
            "loggers": {"procrastinate": {"level": "WARNING"}, "apprise": {"level": "CRITICAL"}},
            "root": {"handlers": ["stderr"], "level": options["level"]},
        }
    )
