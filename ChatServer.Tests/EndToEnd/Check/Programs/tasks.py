# A right chat server with asyncio. It listens as "localhost" is often taken: on IPv6 alone.
import asyncio
import sys

SIZE = 200
channels = {}


def send(writer, text):
    writer.write(text.encode().ljust(SIZE)[:SIZE])


async def serve(reader, writer):
    name, channel = None, None

    def tell(text):
        for other in channels.get(channel, ()):
            if other is not writer:
                send(other, text)

    def leave():
        if channel is not None:
            channels[channel].discard(writer)
            tell(name + " has left")

    async def read():
        return (await reader.readexactly(SIZE)).decode("utf-8", "replace").rstrip(" ")

    try:
        name = await read()
        while True:
            text = await read()
            words = text.split()
            if not text.startswith("/"):
                if channel is None:
                    send(writer, "Not currently in any channel. Must join a channel before sending messages.")
                else:
                    tell("[%s] %s" % (name, text))
            elif words[0] == "/list":
                for known in channels:
                    send(writer, known + "\n")
            elif words[0] not in ("/join", "/create"):
                send(writer, words[0] + " is not a valid control message. Valid messages are /create, /list, and /join.")
            elif len(words) < 2 and words[0] == "/join":
                send(writer, "/join command must be followed by the name of a channel to join.")
            elif len(words) < 2:
                send(writer, "/create command must be followed by the name of a channel to create")
            elif words[0] == "/join" and words[1] not in channels:
                send(writer, "No channel named {0} exists. Try '/create {0}'?".format(words[1]))
            elif words[0] == "/create" and words[1] in channels:
                send(writer, "Room {0} already exists, so cannot be created.".format(words[1]))
            else:
                leave()
                channel = words[1]
                channels.setdefault(channel, set()).add(writer)
                if words[0] == "/join":
                    tell(name + " has joined")
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    leave()
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "::1", int(sys.argv[1]))
    async with server:
        await server.serve_forever()


asyncio.run(main())
