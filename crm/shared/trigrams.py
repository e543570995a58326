"""The index that lets PostgreSQL find words, whole or nearly so, in a folded column; SQLite has none and reads on."""

from typing import Any

from django.db.migrations.operations.base import Operation


class AddTrigramIndex(Operation):
    """Index a text column by its trigrams. The extension is one that the owner of a database may create."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, column: str = "search_text") -> None:
        self.table, self.column = table, column

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing that models know of."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                f'CREATE INDEX "{self._name}" ON "{self.table}" USING gin ("{self.column}" gin_trgm_ops)'
            )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'DROP INDEX IF EXISTS "{self._name}"')

    def describe(self) -> str:
        return f"Index {self.table}.{self.column} by trigrams"

    @property
    def _name(self) -> str:
        return f"{self.table}_{self.column}_trigrams"
