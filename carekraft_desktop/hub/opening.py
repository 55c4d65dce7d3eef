"""Opens an exchange's database for a command, or says why it will not open."""

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from carekraft_desktop.hub.database import Database, MadeByNewer
from carekraft_desktop.hub.exits import NO_DATABASE, fail


def opened(url: str, *, pool: int = 4, pooler: bool = True, upgrade: bool = True) -> Database | int:
    """The database, its schema up to date; an exit code when it will not open.

    `pooler`: as `Database` has it; a single command is right to reckon with one.
    `upgrade`: False where whoever started us has just seen to the schema.
    """
    try:
        database = Database(url, pool=pool, pooler=pooler)
        if upgrade:
            database.create()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        return fail(NO_DATABASE, f"the database URL is not understood ({type(error).__name__})")
    except DBAPIError as error:
        return fail(NO_DATABASE, f"the database cannot be opened ({type(error.orig).__name__})")
    except MadeByNewer:
        return fail(NO_DATABASE, "the database was made by a newer version; upgrade this program")
    return database
