"""A server made with the Python package websockets, for the tests. What it does depends on the path.

Usage: server.py <host> <port> [deflate]
"""

import asyncio
import sys
from urllib.parse import unquote

import websockets

BIG = "abcdefghij"


async def echo(socket):
    async for message in socket:
        await socket.send(message)


async def extensions(socket):
    await socket.send(", ".join(e.name for e in socket.extensions) or "none")


async def fragments(socket):
    await socket.send(["in ", "three ", "parts"])
    await socket.send([b"\x01\x02", b"\x03"])


async def numbered(socket):
    for i in range(2000):
        await socket.send('{"number":%d,"symbol":"BTC-USD","price":"30000.%d"}' % (i, i % 100))


async def large(socket):
    await socket.send(BIG * 100000)


async def ping(socket):
    await (await socket.ping("are you there"))
    await socket.send("pong are you there")


async def close(socket, code=None, reason=""):
    if code:
        await socket.close(int(code), reason)
    else:
        await socket.close()


async def drop(socket):
    socket.transport.abort()


async def serve(socket):
    name, *rest = [unquote(part) for part in socket.path[1:].split("/")]
    try:
        await globals()[name](socket, *rest)
        await socket.wait_closed()
    finally:
        print("closed", socket.close_code, socket.close_reason, flush=True)


async def main(host, port, compression=None):
    async with websockets.serve(
        serve,
        host,
        int(port),
        subprotocols=["v2"],
        compression=compression,
        max_size=64 * 1024 * 1024,
        ping_interval=None,
    ):
        await asyncio.Future()


asyncio.run(main(*sys.argv[1:]))
