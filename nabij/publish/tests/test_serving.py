import gzip

import pytest
from django.db import connection

from nabij.publish.folders import write_release
from nabij.publish.serving import serve_release_first
from nabij.publish.tests.browser import behind, get

PAGE = "<!doctype html><title>Informatie</title>" + "tekst " * 500


@pytest.fixture
def site(own_releases):
    write_release(own_releases, 1, {"/": PAGE, "/iac/zilver-eik/": PAGE, "/robots.txt": "User-agent: *\n"})
    return serve_release_first(behind)


def test_a_released_page_is_served_without_the_database(site):
    """No fixture gave this test a database: asking for one would raise."""
    with pytest.raises(RuntimeError):
        connection.cursor()
    answer = get(site, "/iac/zilver-eik/")
    assert (answer.status, answer.body.decode()) == (200, PAGE)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_the_safe_headers_are_there_and_no_cookie(site):
    headers = get(site, "/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "public, max-age=1"
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers, "only in production"


@pytest.mark.parametrize(
    ("accepted", "is_compressed"),
    [
        ("gzip, br", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("*", True),
        ("gzip;q=0", False),
        ("", False),
        ("br", False),
    ]
    + [("gzip;q=0.0, *", False), ("GZIP", True)],
)
def test_a_browser_gets_the_compressed_page_when_it_takes_it(site, accepted, is_compressed):
    answer = get(site, "/", HTTP_ACCEPT_ENCODING=accepted)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert (answer.headers.get("Content-Encoding") == "gzip") is is_compressed
    assert (gzip.decompress(answer.body) if is_compressed else answer.body).decode() == PAGE
    assert answer.headers["Content-Length"] == str(len(answer.body))


def test_an_unchanged_page_is_not_sent_again(site):
    mark = get(site, "/").headers["ETag"]
    again = get(site, "/", HTTP_IF_NONE_MATCH=f'"other", W/{mark}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == mark
    assert get(site, "/", HTTP_IF_NONE_MATCH='"other"').status == 200
    assert get(site, "/", HTTP_IF_NONE_MATCH=mark, HTTP_ACCEPT_ENCODING="gzip").status == 200, "other bytes"
    assert get(site, "/", HTTP_IF_NONE_MATCH="*").status == 304


def test_head_says_the_same_without_the_page(site):
    answer = get(site, "/", method="HEAD")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", str(len(PAGE)))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_what_changes_something_goes_to_django(site, method):
    assert get(site, "/", method=method).headers == {"X-From": "django"}


@pytest.mark.parametrize(
    "path",
    ["/../../../../etc/passwd", "/iac/../../secret", "/index.html", "/iac//", "/current/1/", "/%2e%2e/"],
)
def test_no_address_leads_out_of_the_release(site, path):
    answer = get(site, path)
    assert answer.headers == {"X-From": "django"}


def test_an_address_as_it_was_said_aloud_finds_the_page(site):
    answer = get(site, "/IAC/Zilver-Eik")
    assert (answer.status, answer.headers["Location"]) == (308, "/iac/zilver-eik/")


def test_other_kinds_of_files_have_their_own_type(site):
    assert get(site, "/robots.txt").headers["Content-Type"] == "text/plain; charset=utf-8"


def test_without_a_release_django_answers(tmp_path):
    assert get(serve_release_first(behind, tmp_path / "nothing"), "/").headers == {"X-From": "django"}
