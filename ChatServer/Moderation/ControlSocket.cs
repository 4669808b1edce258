using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>
/// A Unix socket for the operator, mode 0600, with a thread of its own: it works even if the server is full. One request on a connection,
/// one connection after the other, each bounded in size and time.
/// </summary>
internal sealed class ControlSocket : IDisposable
{
    /// <summary>Bytes of a request. An announcement may be long.</summary>
    internal const int MostBytes = 64 * 1024;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>For a whole request, and then for the answer: a peer that sends a byte now and then must not block the socket.</summary>
    private static readonly TimeSpan PeerLimit = TimeSpan.FromSeconds(2);

    private const int Waiting = 16;

    private readonly string _path;
    private readonly Func<string, string> _answer;
    private readonly Faults _faults;
    private readonly ILogger _log;
    private readonly Socket _listener;
    private volatile bool _isStopping;
    private Thread? _thread;

    /// <param name="path">The path of the socket. A socket that a dead server has left there is replaced.</param>
    /// <param name="answer">Answers a request, a line.</param>
    /// <param name="faults">Catches and counts exceptions in the server's own code.</param>
    /// <param name="log">Gets a line if something fails.</param>
    /// <exception cref="UnusableFileException">It cannot be made, or another server has it.</exception>
    public ControlSocket(string path, Func<string, string> answer, Faults faults, ILogger log)
    {
        (_path, _answer, _faults, _log) = (path, answer, faults, log);
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            var address = new UnixDomainSocketEndPoint(path);
            UnixSocketFile.RemoveStale(path, address);
            _listener.Bind(address);

            // Before it listens nobody can connect, so nobody else ever can.
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            _listener.Listen(Waiting);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            _listener.Dispose();
            throw new UnusableFileException($"Cannot make the control socket '{path}': {Common.Arguments.ArgumentForms.OneLine(e.Message)}");
        }
    }

    public void Start()
    {
        _thread = new Thread(Run) { Name = "control", IsBackground = true };
        _thread.Start();
        _log.ControlOpened(_path);
    }

    public void Dispose()
    {
        _isStopping = true;
        _thread?.Join();
        _listener.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next server replaces it.
        }
    }

    private void Run()
    {
        while (!_isStopping)
        {
            _faults.Guard("answering at the control socket", AnswerOne);
        }
    }

    private void AnswerOne()
    {
        try
        {
            if (!_listener.Poll(Tick, SelectMode.SelectRead))
            {
                return;
            }

            using Socket peer = _listener.Accept();
            if (ReadLine(peer) is string request)
            {
                SocketCalls.SendAll(peer, Encoding.UTF8.GetBytes($"{_answer(request)}\n"), PeerLimit);
            }
        }
        catch (SocketException)
        {
            // The operator is gone or does not read. That concerns nobody else.
            Thread.Sleep(1);
        }
    }

    private static string? ReadLine(Socket peer)
    {
        var bytes = new byte[MostBytes];
        int length = 0;
        long start = Stopwatch.GetTimestamp();
        while (length < bytes.Length)
        {
            TimeSpan left = PeerLimit - Stopwatch.GetElapsedTime(start);
            int count = left > TimeSpan.Zero && peer.Poll(left, SelectMode.SelectRead) ? peer.Receive(bytes.AsSpan(length)) : 0;
            if (count == 0)
            {
                return null;
            }

            length += count;
            int end = bytes.AsSpan(0, length).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(bytes, 0, end);
            }
        }

        return null;
    }
}
