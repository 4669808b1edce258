using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>
/// A chat server as short as it can be and still right: a thread per client, one lock for everything. With a
/// <see cref="ServerFault"/> it is wrong in one way. This class has the connections and the threads; <see cref="DoubleChat"/> has the chat.
/// </summary>
internal sealed class ServerDouble : IDisposable
{
    private const int Size = WireFrame.Size;
    private const int Few = 16;
    private const int LateDeathMilliseconds = 300;
    private const int MostDelayMilliseconds = 40;

    private readonly ServerFault _fault;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly object _gate = new();
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly DoubleChat _chat;
    private readonly List<byte> _shared = [];
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Random _random;
    private readonly bool _isSlow;
    private DoubleProgram? _program;

    private ServerDouble(ServerFault fault, int port, Random random, bool isSlow)
    {
        _fault = fault;
        _random = random;
        _isSlow = isSlow;
        _chat = new DoubleChat(fault, random, _stopped, Die);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
    }

    /// <summary>Starts servers with this fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="seed">The seed of random choices; each start continues the sequence.</param>
    /// <param name="isSlow">Whether it takes some time now and then, as chance will have it.</param>
    public static IProgramSource Source(ServerFault fault, int seed = 0, bool isSlow = false)
    {
        int starts = 0;
        return new DoubleSource(arguments =>
        {
            var server = new ServerDouble(fault, arguments.Port, new Random(HashCode(seed, starts++)), isSlow);
            return new DoubleProgram(server.Run, server.Dispose);
        });
    }

    /// <summary>The same in each process.</summary>
    private static int HashCode(int seed, int start) => (seed * 7_919) + (start * 104_729);

    private bool Is(ServerFault fault) => _fault == fault;

    private int Run(DoubleProgram program)
    {
        _program = program;
        try
        {
            while (true)
            {
                var client = new DoubleClient(_listener.Accept());
                _sockets.Add(client.Socket);
                if (Is(ServerFault.BlocksOnNameless))
                {
                    ReadName(client);
                }

                lock (_gate)
                {
                    _chat.Add(client);
                    if (Is(ServerFault.SeventeenClients) && _chat.Count > Few + 1)
                    {
                        client.Socket.Dispose();
                        continue;
                    }
                }

                var thread = new Thread(() => Serve(client)) { IsBackground = true, Name = "double's client" };
                thread.Start();
                if (Is(ServerFault.OneClientAtATime))
                {
                    thread.Join();
                }
            }
        }
        catch (SocketException)
        {
            return 0; // stopped
        }
        catch (ObjectDisposedException)
        {
            return 0; // stopped
        }
    }

    public void Dispose()
    {
        _stopped.Set();
        _listener.Dispose();
        foreach (Socket socket in _sockets)
        {
            socket.Dispose(); // not under the gate: a thread that holds it may be blocked in one of them for ever
        }
    }

    /// <summary>Ends it like an unhandled exception.</summary>
    private void Die()
    {
        _program!.Exit(1, "Traceback (most recent call last):\n  somewhere\nValueError: a fault of a double\n");
        Dispose();
    }

    private static void ReadName(DoubleClient client)
    {
        var name = new byte[Size];
        for (int count = 0, more; count < Size && (more = client.Receive(name.AsSpan(count))) > 0; count += more)
        {
            client.Early.AddRange(name.AsSpan(count, more));
        }
    }

    private void Serve(DoubleClient client)
    {
        var bytes = new byte[Is(ServerFault.OneMessagePerReceive) ? 4 * Size : 64 * 1024];
        List<byte> buffer = Is(ServerFault.SharedBuffer) ? _shared : client.Buffer;
        int count;
        if (client.Early.Count > 0)
        {
            Take(client, buffer, [.. client.Early]);
        }

        while ((count = client.Receive(bytes)) > 0)
        {
            Take(client, buffer, bytes.AsSpan(0, count));
        }

        if ((count < 0 || client.IsReset) && (Is(ServerFault.DiesOnReset) || Is(ServerFault.DiesLateAfterReset)))
        {
            _stopped.Wait(Is(ServerFault.DiesLateAfterReset) ? LateDeathMilliseconds : 0);
            Die();
            return;
        }

        if (client.Name is null && Is(ServerFault.DiesOnNamelessLeave))
        {
            Die();
            return;
        }

        lock (_gate)
        {
            if (Is(ServerFault.HalfMessageDelivered) && client.Buffer.Count > 0)
            {
                _chat.Handle(client, Encoding.UTF8.GetString([.. client.Buffer]).TrimEnd());
            }

            _chat.Remove(client);
            client.Socket.Dispose();
        }
    }

    private void Take(DoubleClient client, List<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isSlow)
            {
                _stopped.Wait(_random.Next(MostDelayMilliseconds));
            }

            buffer.AddRange(bytes);
            int size = Is(ServerFault.ReceiveIsMessage) ? 1 : Size;
            int taken = 0;
            while (buffer.Count - taken >= size)
            {
                int length = Is(ServerFault.ReceiveIsMessage) || Is(ServerFault.OneMessagePerReceive) ? buffer.Count - taken : Size;
                string text = Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(buffer).Slice(taken, Math.Min(length, Size)));
                taken += length;
                _chat.Handle(client, text.TrimEnd(' ', '\n', '\r', '\t', '\0'));
            }

            buffer.RemoveRange(0, taken);
        }
    }
}
