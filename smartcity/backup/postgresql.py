"""PostgreSQL in a backup, by COPY: no program of the server's own version is needed beside Python.

Out: as they were at one moment, while people go on writing. In: in one transaction, so that the portal before stands
until the restored one does. All names of tables and columns in the SQL come from the database or are quoted.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from smartcity.backup.archive import DATA, BackupDraft, Manifest, ManifestTable, Unusable, opened

# Neither a portal's own limits nor another one's habits of writing values count here.
_CALM = """
    SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
    SET LOCAL client_encoding = 'UTF8'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL extra_float_digits = 1
"""
# In the order of their names, without what an extension brought along.
_TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY c.relname
"""
_COLUMNS = """
    SELECT attname, pg_get_serial_sequence(quote_ident(%s), attname) FROM pg_attribute
    WHERE attrelid = quote_ident(%s)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
_OTHERS = """
    SELECT coalesce(nullif(application_name, ''), 'tanpa nama') || coalesce(' dari ' || host(client_addr), '')
    FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user
    AND pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY 1
"""


def others() -> list[str]:
    """Who else is connected to the database as the portal."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS)
        return [name for (name,) in cursor.fetchall()]


def take_out(archive: BackupDraft, left_out: Iterable[str]) -> tuple[list[tuple[str, str]], dict[str, ManifestTable]]:
    """Every table but those whose rows are `left_out`: what the database noted of migrations, and what was written."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute(_CALM)
        tables = {name: _copy_out(cursor, archive, name) for name in _tables(cursor) if name not in left_out}
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return cursor.fetchall(), tables


def put_back(backup: Path, manifest: Manifest, finish: Callable[[], None]) -> None:
    """Make the tables as they were, fill them, and `finish`; all of it, or nothing when anything fails."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CALM)
        # Else a table whose rows a later constraint waits for could not be changed by the migration that follows.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if tables := _tables(cursor):  # what others have built on them is not dropped along: the database refuses
            cursor.execute(f"DROP TABLE {_quoted(tables)}")
        _make_tables(manifest)
        tables = _tables(cursor)
        _set_triggers(cursor, tables, "DISABLE")  # what they would refuse or note has happened long ago
        cursor.execute(f"TRUNCATE {_quoted(tables)}")  # what migrations fill in stands in the backup too
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name, table in manifest.tables.items():
            _copy_in(cursor, backup, name, table)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _set_triggers(cursor, tables, "ENABLE")
        finish()


def _tables(cursor: Any) -> list[str]:
    cursor.execute(_TABLES)
    return [name for (name,) in cursor.fetchall()]


def _set_triggers(cursor: Any, tables: Iterable[str], word: str) -> None:
    """Those that the portal has laid down itself; what holds foreign keys is never among them."""
    for name in tables:
        cursor.execute(f"ALTER TABLE {_quoted([name])} {word} TRIGGER USER")


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def _copy_out(cursor: Any, archive: BackupDraft, name: str) -> ManifestTable:
    cursor.execute(_COLUMNS, [name, name])
    columns = cursor.fetchall()
    with archive.member(_place(name)) as place:
        cursor.copy_expert(f"COPY {_quoted([name])} ({_quoted(column for column, _ in columns)}) TO STDOUT", place)
    rows = cursor.rowcount
    counters = {}
    for column, sequence in columns:
        if sequence:
            cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 (quoted by the database)
            counters[column] = cursor.fetchone()
    return ManifestTable(rows, [column for column, _ in columns], counters)


def _copy_in(cursor: Any, backup: Path, name: str, table: ManifestTable) -> None:
    with opened(backup, _place(name)) as rows:
        cursor.copy_expert(f"COPY {_quoted([name])} ({_quoted(table.columns)}) FROM STDIN", rows)
    if cursor.rowcount != table.rows:
        raise Unusable(f"Tabel {name} seharusnya berisi {table.rows} baris, tetapi terbaca {cursor.rowcount}.")
    for column, (value, called) in table.counters.items():
        sequence = "pg_get_serial_sequence(quote_ident(%s), %s)"
        cursor.execute(f"SELECT setval({sequence}, %s, %s)", [name, column, value, called])


def _place(table: str) -> str:
    return f"{DATA}{table}.copy"


def _make_tables(manifest: Manifest) -> None:
    """By the migrations that the backup names and no later one, and without what else `migrate` does."""
    executor = MigrationExecutor(connection)
    noted = set(manifest.migrations)
    graph = executor.loader.graph
    wanted = {node for node in graph.nodes if node in noted or _is_replaced(graph.nodes[node], noted)}
    executor.migrate([node for node in sorted(wanted) if not _follows_in_app(graph, node) & wanted])


def _is_replaced(migration: Any, noted: set[tuple[str, str]]) -> bool:
    return bool(migration.replaces) and set(migration.replaces) <= noted


def _follows_in_app(graph: Any, node: tuple[str, str]) -> set[tuple[str, str]]:
    return {child.key for child in graph.node_map[node].children if child.key[0] == node[0]}
