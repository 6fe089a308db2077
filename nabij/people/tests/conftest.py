import base64

import pytest
from django.conf import settings as django_settings
from nacl.public import PrivateKey
from pydantic import SecretStr

from nabij.spool import writing as spool


@pytest.fixture
def keys() -> dict[str, object]:
    private = PrivateKey.generate()
    return {
        "spool_public_key": base64.b64encode(bytes(private.public_key)).decode(),
        "spool_private_key": SecretStr(base64.b64encode(bytes(private)).decode()),
    }


@pytest.fixture
def web(settings, keys, tmp_path):
    """The settings of a web process: it can close envelopes, and a spool of its own in a fresh folder."""
    closing = {"spool_public_key": keys["spool_public_key"], "spool_private_key": SecretStr("")}
    settings.ENV = django_settings.ENV.model_copy(update={"data_dir": tmp_path, **closing})
    yield settings
    for each in spool._spools.values():
        each.close()
    spool._spools.clear()


@pytest.fixture
def drain_key(web, keys):
    """Turn this process into one that may also open envelopes, as the drain is."""

    def give() -> None:
        web.ENV = web.ENV.model_copy(update=keys)

    return give
