import re

from hypothesis import given
from hypothesis import strategies as st

from nabij.centres.sections import first_texts, section_title, sections, words
from nabij.wording.differences import difference
from nabij.wording.markup import to_html


def test_paragraphs_lines_lists_and_links():
    body = "Een\ntwee\n\nLijst:\n- a\n- [b](https://example.nl/x?y=1&z=2)\nna\n\n[bel](tel:0900-0101)"
    assert to_html(body) == (
        "<p>Een<br>twee</p>\n<p>Lijst:</p>\n"
        '<ul><li>a</li><li><a href="https://example.nl/x?y=1&amp;z=2">b</a></li></ul>\n<p>na</p>\n'
        '<p><a href="tel:0900-0101">bel</a></p>'
    )


def test_html_stays_text():
    assert to_html('<script>alert("x")</script> & <b>') == (
        "<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &lt;b&gt;</p>"
    )


def test_only_safe_addresses_become_links():
    for address in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "ftp://x",
        'https://x" onclick="y',
    ):
        assert "<a" not in to_html(f"[klik]({address})")
    assert '<a href="/hulp/">hulp</a>' in to_html("[hulp](/hulp/)")


@given(st.text(alphabet=st.sampled_from(list("<>&\"'[]()- *\n\rhttps:/ ajv")), max_size=80))
def test_whatever_is_typed_no_tag_comes_out_but_ours(body):
    tags = re.findall(r"<[^>]*>", to_html(body))
    assert all(re.fullmatch(r'</?(?:p|ul|li|a|br)>|<a href="[^"<>]*">', tag) for tag in tags)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_texts_whole(before, after):
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_a_changed_word_is_shown_as_gone_and_new():
    found = [(piece.kind, piece.text) for piece in difference("er zijn 23 gewonden", "er zijn 22 gewonden")]
    assert found == [("same", "er zijn "), ("gone", "23"), ("new", "22"), ("same", " gewonden")]


def test_every_section_is_written_in_both_languages_and_short():
    codes = [section.code for section in sections()]
    assert codes[0] == "now"
    assert {"register", "looking", "feelings", "children", "practical", "rights", "press", "questions"} < set(
        codes
    )
    assert codes[-3:] == ["privacy", "professionals", "contact"]
    assert {"meetings", "languages"} < set(codes)
    texts = first_texts({"name": "Brand", "area": "Oost", "controller": "Gemeente Heidebeek"})
    assert len(texts) == 2 * len(codes)
    for _section, language, body in texts:
        assert "{" not in body
        assert "slachtoffer" not in body.lower().replace("slachtofferhulp", "")
        if language == "nl":
            sentences = re.split(r"[.!?]\s|\n", body)
            assert max(len(sentence.split()) for sentence in sentences) <= 25
    assert set(words("nl")) == set(words("en"))
    assert section_title("news", "en") == "News"
    assert section_title("unknown", "nl") == "unknown"
