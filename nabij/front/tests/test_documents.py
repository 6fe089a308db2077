"""The generated pages of docs/ say what the code says."""

import pytest
from django.core.management import CommandError, call_command

from nabij.accounts.roles import Permission, Role
from nabij.front.management.commands.docs import PAGES
from nabij.front.management.documents.house import BEGIN, END


@pytest.fixture
def docs(tmp_path, settings):
    """A docs folder of its own beside a pyproject with three storeys."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "house.md").write_text(f"# House\n\n{BEGIN}\n{END}\n\nBy hand.\n")
    (tmp_path / "pyproject.toml").write_text(
        '[[tool.importlinter.contracts]]\nname = "storeys: x"\nlayers = ["urls : wsgi", "(moon)", "kit"]\n'
    )
    return tmp_path / "docs"


def test_docs_are_written_once_and_are_then_up_to_date(docs, capsys):
    with pytest.raises(CommandError, match=r"docs/roles\.md"):
        call_command("docs", "--check")
    call_command("docs")
    assert {path.name for path in docs.iterdir()} == set(PAGES)
    call_command("docs", "--check")
    assert "up to date" in capsys.readouterr().out


def test_the_matrix_has_every_role_and_every_permission(docs):
    call_command("docs")
    matrix = (docs / "roles.md").read_text()
    assert all(f"`{role.value}`" in matrix for role in Role)
    assert all(f"| {permission.value.replace('_', ' ')} |" in matrix for permission in Permission)


def test_the_page_on_the_house_keeps_what_was_written_by_hand(docs):
    call_command("docs")
    house = (docs / "house.md").read_text()
    assert "By hand." in house
    assert "| 2 | `moon` | *(not built yet)* |" in house
    assert "| 1 | `kit` | Tools without one domain word" in house


def test_every_guarded_status_has_its_diagram(docs):
    call_command("docs")
    text = (docs / "statuses.md").read_text()
    assert "reported --> active" in text
    assert text.count("```mermaid") == text.count("[*] -->") >= 3


def test_the_register_names_sealed_fields_and_terms(docs):
    call_command("docs")
    register = (docs / "privacy-register.md").read_text()
    assert "| notify | contactpunt | `value_sealed` |" in register
    assert "to be decided" in register
