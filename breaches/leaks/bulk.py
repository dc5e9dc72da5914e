"""Many rows of one table in one go, without an object for each: half the time of an import."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows whose values stand in the order of `fields`, as the database keeps them.

    A UUID is given as 32 hex digits, a foreign key as its id. On PostgreSQL by COPY.
    """
    meta, quote = model._meta, connection.ops.quote_name
    table = quote(meta.db_table)
    named = {field.name: field.column for field in meta.concrete_fields}
    columns = ", ".join(quote(str(named[name])) for name in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  (names of our own tables)
            cursor.executemany(statement, rows)
