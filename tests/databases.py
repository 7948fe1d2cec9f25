"""Fresh databases: SQLite files, or schemas of the PostgreSQL database that is given."""

import os
from uuid import uuid4

from sqlalchemy import NullPool, create_engine, make_url

from registry.store.database import connect
from registry.store.schema import upgrade

GIVEN = "REGISTRY_TEST_DATABASE_URL"


class Databases:
    """Databases of one test, or of one session; `close` leaves none of them on the server."""

    def __init__(self, new_folder):
        self._new_folder = new_folder
        self._server = os.environ.get(GIVEN)
        self._schemas, self._engines = [], []

    def url(self):
        """The URL of a database without tables."""
        if not self._server:
            return f"sqlite:///{self._new_folder()}/registry.db"
        schema = f"test_{uuid4().hex}"
        self._on_server(f"CREATE SCHEMA {schema}")
        self._schemas.append(schema)
        inside = make_url(self._server).update_query_dict({"options": f"-csearch_path={schema}"})
        return inside.render_as_string(hide_password=False)

    def open(self):
        """An engine on a database with empty tables."""
        engine = connect(self.url())
        self._engines.append(engine)
        upgrade(engine)
        return engine

    def close(self):
        for engine in self._engines:
            engine.dispose()
        # A transaction that a test left open must fail the test, not keep it waiting.
        self._on_server(
            "SET lock_timeout = '10s'", *(f"DROP SCHEMA {each} CASCADE" for each in self._schemas)
        )
        self._schemas, self._engines = [], []

    def _on_server(self, *statements):
        if not self._server:
            return
        url = make_url(self._server).set(drivername="postgresql+psycopg")
        engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for each in statements:
                connection.exec_driver_sql(each)
