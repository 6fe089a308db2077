"""The two logins of the database: one owns and migrates, the other serves; checked at each start."""

import secrets
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

ADMIN, OWNER, APP, DATABASE = "nabij_admin", "nabij_owner", "nabij_app", "nabij"

GRANTS = sql.SQL(
    """
    GRANT {app} TO {owner};
    GRANT USAGE ON SCHEMA public TO {app};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
        GRANT USAGE, SELECT ON SEQUENCES TO {app};
    """
).format(app=sql.Identifier(APP), owner=sql.Identifier(OWNER))


def make_passwords() -> dict[str, str]:
    """A random password for each login; safe inside an address."""
    return {role: secrets.token_urlsafe(24) for role in (ADMIN, OWNER, APP)}


def make_roles_and_database(template1: psycopg.Connection[Any], passwords: Mapping[str, str]) -> None:
    """Make what is missing; rights given in template1 also hold in each database that tests make."""
    roles = {row[0] for row in template1.execute("SELECT rolname FROM pg_roles")}
    for role, more in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
        template1.execute(
            sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
                sql.SQL("ALTER" if role in roles else "CREATE"),
                sql.Identifier(role),
                sql.SQL(more),
                sql.Literal(passwords[role]),
            )
        )
    template1.execute(GRANTS)
    if not template1.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        template1.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        )
