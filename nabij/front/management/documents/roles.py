"""The authorisation matrix."""

from nabij.accounts.roles import PERMISSIONS, Permission, Role
from nabij.front.management.documents.tables import page, table


def roles() -> str:
    """Which role may do what; where a role may do it is a matter of each app's policy."""
    head = ["May", *(str(role.label) for role in Role)]
    rows = [
        [
            permission.value.replace("_", " "),
            *("●" if permission in PERMISSIONS[role] else "" for role in Role),
        ]
        for permission in Permission
    ]
    names = [[role.label, f"`{role.value}`", len(PERMISSIONS[role])] for role in Role]
    return page(
        "Roles",
        "This table says *what* a role may do. *Where* it may (which municipality, region or team) is "
        "decided by the policy of each app: `visible_to` in its `policies.py` filters every list, page and "
        "panel.",
        table(head, rows),
        "## Names",
        table(["Dutch name", "In the code", "Permissions"], names),
    )
