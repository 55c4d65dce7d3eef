"""The endpoints of one office: its feed, what it asks for, what it reports."""

import asyncio
from collections.abc import Callable

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.commands import Commands, Results
from carekraft_desktop.contract.feed import Acks
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.hub import acks, asking, commands, feed, reading, sign_in
from carekraft_desktop.hub.asking import JSON, as_json
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.problems import refuse

COMMANDS_BYTES = 256 * 1024
ACKS_BYTES = 1024 * 1024
KINDS_MOST = 20


class OfficeRoutes:
    """What a workstation asks about its own office."""

    def __init__(self, exchange: Exchange) -> None:
        """They belong to that exchange."""
        self._exchange = exchange
        self._settings = exchange.settings

    def all(self) -> list[BaseRoute]:
        """Every route, for Starlette."""
        office = "/v1/offices/{office}"
        spoken = asking.spoken(self._settings)
        return [
            Route(f"{office}/changes", spoken(self.changes), methods=["GET"]),
            Route(f"{office}/commands", spoken(self.commands), methods=["POST"]),
            Route(f"{office}/acks", spoken(self.acks), methods=["POST"]),
            Route(f"{office}/items/{{kind}}/{{id}}", spoken(self.item), methods=["GET"]),
        ]

    async def changes(self, request: Request) -> Response:
        """A page of the feed; with `wait`, held back until there is something."""
        settings = self._settings
        limit = reading.number(request, "limit", default=200, least=1, most=settings.page_items)
        wait = reading.number(
            request, "wait", default=0, least=0, most=max(1, int(settings.wait_seconds))
        )
        cursor = request.query_params.get("cursor", "")
        kinds = [kind for kind in request.query_params.get("kinds", "").split(",") if kind]
        if len(kinds) > KINDS_MOST or len(cursor) > 200:
            raise refuse(Slug.INVALID_REQUEST, "The query is not what is expected")

        def work(connection: Connection) -> tuple[sign_in.Device, feed.Stretch]:
            device = self._device(connection, request)
            return device, feed.page(
                connection,
                device.office_id,
                cursor,
                limit=limit,
                most_bytes=settings.page_bytes,
                kinds=kinds,
            )

        try:
            device, stretch = await self._exchange.read(work)
            if wait and stretch.empty:
                stretch = await self._wait(request, device, work, stretch, wait)
        except feed.CursorMalformed:
            raise refuse(Slug.INVALID_REQUEST, "The cursor is not one of ours", "cursor") from None
        except feed.CursorExpired:
            raise refuse(Slug.CURSOR_EXPIRED, "That place in the feed is gone") from None
        except feed.EpochChanged:
            raise refuse(Slug.EPOCH_CHANGED, "The exchange began anew") from None
        return Response(stretch.envelope(settings.poll_after), media_type=JSON)

    async def _wait(
        self,
        request: Request,
        device: sign_in.Device,
        work: Callable[[Connection], tuple[sign_in.Device, feed.Stretch]],
        stretch: feed.Stretch,
        seconds: int,
    ) -> feed.Stretch:
        """Hold the answer back until there is news, the time is up or nobody listens."""
        gone = asyncio.create_task(_gone(request))
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        try:
            while stretch.empty and not gone.done() and (left := until - loop.time()) > 0:
                with self._exchange.wakeups.wait(
                    device.office_id, device.client_id, most=self._settings.waits_per_client
                ) as waiter:
                    # Looked at again once registered: a commit in between wakes nobody.
                    _, stretch = await self._exchange.read(work)
                    if not stretch.empty:
                        break
                    waiter.place = stretch.head
                    woken = asyncio.create_task(waiter.woken.wait())
                    await asyncio.wait(
                        {woken, gone}, timeout=left, return_when=asyncio.FIRST_COMPLETED
                    )
                    woken.cancel()
                    if waiter.sent_home:
                        break
                _, stretch = await self._exchange.read(work)
        finally:
            gone.cancel()
        return stretch

    async def commands(self, request: Request) -> Response:
        """Do what the office asks, command by command."""
        device = await self._exchange.read(lambda connection: self._device(connection, request))
        wanted = await reading.json(request, Commands, most=COMMANDS_BYTES)
        results = await self._exchange.run(
            lambda: commands.apply_all(
                self._exchange.database,
                self._exchange.now,
                office_id=device.office_id,
                client_id=device.client_id,
                commands=wanted.commands,
            )
        )
        self._exchange.wakeups.tell(device.office_id)
        for command, result in zip(wanted.commands, results, strict=True):
            self._exchange.metrics.count(command.type.value, result)
        return as_json(Results(results=results))

    async def acks(self, request: Request) -> Response:
        """Take down how far a workstation is and what it erased."""
        device = await self._exchange.read(lambda connection: self._device(connection, request))
        told = await reading.json(request, Acks, most=ACKS_BYTES)
        await self._exchange.write(
            lambda connection: acks.keep(connection, device, told, self._exchange.now())
        )
        return Response(status_code=204)

    async def item(self, request: Request) -> Response:
        """One item's resource, with its version as ETag."""
        kind, id_ = request.path_params["kind"], request.path_params["id"]
        if not (reading.is_id(kind) and reading.is_id(id_)):
            raise refuse(Slug.NOT_FOUND, "There is no such item")

        def work(connection: Connection) -> tuple[int, str | None, str | None]:
            device = self._device(connection, request)
            row = feed.one(connection, device.office_id, kind, id_)
            if row is None:
                raise refuse(Slug.NOT_FOUND, "There is no such item")
            return row["v"], row["body"], row["reason"]

        v, body, reason = await self._exchange.read(work)
        if body is None:
            raise refuse(Slug.GONE, "The item is gone", *([reason] if reason else []))
        tag = f'W/"{v}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(body, headers={"ETag": tag, "Cache-Control": "no-store"}, media_type=JSON)

    def _device(self, connection: Connection, request: Request) -> sign_in.Device:
        return asking.device(connection, request, self._exchange.now())


async def _gone(request: Request) -> None:
    """Return when the client has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
