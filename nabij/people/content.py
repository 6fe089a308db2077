"""The registration form as content: choices, texts and the versions of the consents, in six languages."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from nabij.contact.doors import DoorKey, phone_of
from nabij.kit.content import load_toml

FOLDER = Path(__file__).parent / "data"
FILE = FOLDER / "registration.toml"
ADDED = ("tr", "ar", "pl", "uk")
LANGUAGES = ("nl", "en", *ADDED)


def known(language: str) -> str:
    """This language when the form exists in it, otherwise Dutch."""
    return language if language in LANGUAGES else "nl"


@cache
def content() -> dict[str, Any]:
    """The whole content file, with the languages that stand in files of their own put beside Dutch."""
    whole = deepcopy(load_toml(FILE))
    for language in ADDED:
        _add(whole, load_toml(FOLDER / "languages" / f"{language}.toml"), language)
    return whole


def _add(whole: dict[str, Any], said: dict[str, Any], language: str) -> None:
    pairs = [(whole["consent"][name], each) for name, each in said["consent"].items()]
    pairs += [(whole["field"][name], each) for name, each in said["field"].items()]
    pairs += zip(whole["section"], said["section"], strict=True)
    for target, each in pairs:
        target[language] = each["say"]
        target |= {f"{language}_{more}": each[more] for more in ("hint", "text") if more in each}
        for code, text in each.get("choice", {}).items():
            target["choice"][code][language] = text
    for part in ("answer", "text"):
        for name, text in said[part].items():
            whole[part][name][language] = text


def version() -> str:
    """The version of the form that is shown now."""
    return str(content()["version"])


def texts(language: str) -> dict[str, str]:
    """All sentences around the form in this language."""
    return {name: each[known(language)] for name, each in content()["text"].items()}


def desk() -> dict[str, str]:
    """The number of the desk that helps somebody without phone or e-mail: as printed and as dialled."""
    phone = phone_of(DoorKey.PUBLIC_LINE)
    return {"phone": phone, "dial": phone.replace("-", "").replace(" ", "")}


def label(field: str, language: str) -> str:
    """The question of a field."""
    return str(content()["field"][field][known(language)])


def hint(field: str, language: str) -> str:
    """The help under the question of a field; empty when it has none."""
    return str(content()["field"][field].get(f"{known(language)}_hint", ""))


def choices(field: str, language: str) -> list[tuple[str, str]]:
    """The answers of a field as (code, text)."""
    return [(code, each[known(language)]) for code, each in content()["field"][field]["choice"].items()]


def say(field: str, code: str, language: str = "nl") -> str:
    """The text of one answer; a code of an older version stands for itself."""
    return dict(choices(field, language)).get(code, code)


def yes_no(language: str) -> list[tuple[str, str]]:
    """Yes and no as (code, text)."""
    return [(code, each[known(language)]) for code, each in content()["answer"].items()]


def consent(receiver: str, language: str) -> tuple[str, str, str]:
    """The question, the explanation and the text version for one receiver."""
    each, tongue = content()["consent"][receiver], known(language)
    return each[tongue], each[f"{tongue}_text"], each["version"]


def sections(language: str) -> list[dict[str, Any]]:
    """The parts of the form in order: title, text, fields and whether the part may be skipped."""
    tongue = known(language)
    return [
        {
            "title": each[tongue],
            "text": each.get(f"{tongue}_text", ""),
            "fields": each["fields"],
            "is_optional": each.get("is_optional", False),
        }
        for each in content()["section"]
    ]
