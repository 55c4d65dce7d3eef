"""The obvious first version of receiving: a request, an object, a question for each item."""

import json
from collections.abc import Iterable
from typing import Any

import requests
from sqlalchemy import Engine, MetaData, create_engine, select
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.orm import Session

from carekraft_desktop.store import engine
from tests.benchmarks import bare
from tests.benchmarks.sample import KEY

TABLES = tuple(bare.COLUMNS)


class Naive:
    """SQLAlchemy's mapped classes over the encrypted store's own tables."""

    def __init__(self, path: Any) -> None:
        """`path`: of the store."""
        from sqlcipher3 import dbapi2

        self.engine: Engine = create_engine(
            "sqlite+pysqlite://", module=dbapi2, creator=lambda: engine.connect(path, KEY)
        )
        found = MetaData()
        found.reflect(self.engine, only=TABLES)
        base = automap_base(metadata=found)
        base.prepare()
        self._classes = {name: base.classes[name] for name in TABLES}

    def receive(self, url: str, token: str, *, most: int) -> int:
        """Pages of 100 by `requests.get`, then select and add each; how many items it took."""
        taken, cursor = 0, ""
        while taken < most:
            page = requests.get(
                url,
                params={"cursor": str(cursor), "limit": "100"},
                headers={"Authorization": f"Bearer {token}"},
                timeout=30,
            ).json()
            cursor = page["cursor"]
            rows = [
                (item["kind"], bare.row(item["kind"], item["v"], json.dumps(item["data"]).encode()))
                for item in page["items"]
                if item["kind"] in TABLES
            ]
            self.save(rows)
            taken += len(rows)
        return taken

    def save(self, rows: Iterable[tuple[str, tuple[Any, ...]]]) -> None:
        """One transaction, in which each row is looked for first."""
        with Session(self.engine) as session:
            for table, row in rows:
                kind = self._classes[table]
                values = dict(zip(bare.COLUMNS[table], row, strict=True))
                held = session.scalar(select(kind).where(kind.id == values["id"]))
                if held is None:
                    session.add(kind(**values))
                else:
                    for name, value in values.items():
                        setattr(held, name, value)
                session.flush()
            session.commit()

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()
