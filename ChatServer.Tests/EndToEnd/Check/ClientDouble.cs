using System.Net;
using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatCheck.Programs;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Check;

/// <summary>
/// A chat client as short as it can be and still right: one thread for the keyboard, one for the socket. With a
/// <see cref="ClientFault"/> it is wrong in one way.
/// </summary>
internal sealed class ClientDouble : IDisposable
{
    private const int Size = WireFrame.Size;
    private const string Prompt = "[Me] ";

    private readonly ClientFault _fault;
    private readonly ProgramArguments _arguments;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ManualResetEventSlim _stopped = new();
    private readonly ManualResetEventSlim _typed = new();
    private DoubleProgram? _program;
    private int _linesSent;
    private int _messages;

    private ClientDouble(ClientFault fault, ProgramArguments arguments)
    {
        _fault = fault;
        _arguments = arguments;
    }

    /// <summary>Starts clients with this fault.</summary>
    public static IProgramSource Source(ClientFault fault) => new DoubleSource(arguments =>
    {
        var client = new ClientDouble(fault, arguments);
        return new DoubleProgram(client.Run, client.Dispose);
    });

    public void Dispose()
    {
        _stopped.Set();
        _typed.Set();
        _socket.Dispose();
    }

    private bool Is(ClientFault fault) => _fault == fault;

    private int Run(DoubleProgram program)
    {
        _program = program;
        string place = $"{_arguments.Host}:{_arguments.Port}";
        try
        {
            _socket.Connect(IPAddress.Loopback, _arguments.Port);
        }
        catch (SocketException)
        {
            Print(Is(ClientFault.CannotConnectSilent) ? "" : $"Unable to connect to {place}\n");
            return End(stays: Is(ClientFault.CannotConnectStays));
        }

        if (!Is(ClientFault.SendsNoName))
        {
            Send(Encoding.UTF8.GetBytes(_arguments.Name));
        }

        Print(Is(ClientFault.NoPromptAtStart) ? "" : Prompt);
        new Thread(Type) { IsBackground = true, Name = "double's keyboard" }.Start();
        bool isReset = !Receive();
        bool isSilent = Is(ClientFault.SilentDisconnect) || (isReset && Is(ClientFault.ResetSilent));
        Print(isSilent ? "" : $"\r    \rServer at {place} has disconnected\n");
        return End(stays: Is(ClientFault.StaysAfterDisconnect));
    }

    private int End(bool stays)
    {
        if (stays)
        {
            _stopped.Wait();
        }

        return 1;
    }

    private void Type()
    {
        while (_program!.ReadLine() is byte[] line)
        {
            bool isKept = (Is(ClientFault.KeepsCommands) && line is [(byte)'/', ..])
                || (Is(ClientFault.SendsOnlyFirstLine) && _linesSent > 0)
                || (Is(ClientFault.StopsSendingAfterMessage) && Volatile.Read(ref _messages) > 0);
            if (line.Length > 0 && !isKept)
            {
                Send(line);
                _linesSent++;
            }

            Print(Is(ClientFault.NoPromptAfterLine) ? "" : Prompt);
            _typed.Set();
        }

        // The end of input: what was typed has been sent.
        Try(() => _socket.Shutdown(SocketShutdown.Send));
    }

    private void Send(byte[] utf8)
    {
        for (int start = 0; start < utf8.Length; start += Size)
        {
            byte[] part = utf8[start..Math.Min(start + Size, utf8.Length)];
            int size = Is(ClientFault.NoPadding) ? part.Length
                : Is(ClientFault.FrameOneByteLong) || (Is(ClientFault.FullLineOneByteLong) && part.Length == Size) ? Size + 1
                : Size;
            var frame = new byte[size];
            frame.AsSpan().Fill(Is(ClientFault.PadsWithZeros) ? (byte)0 : (byte)' ');
            part.CopyTo(frame, 0);
            Try(() => _socket.Send(frame));
        }
    }

    /// <summary>Prints all frames until the server closes; false if the connection is reset.</summary>
    private bool Receive()
    {
        var bytes = new byte[16 * Size];
        var buffer = new List<byte>();
        try
        {
            while (true)
            {
                if (Is(ClientFault.NeverReadsBeforeTyping))
                {
                    _typed.Wait();
                }

                int count = _socket.Receive(bytes);
                if (count == 0)
                {
                    if (Is(ClientFault.HalfAtEndShown) && buffer.Count > 0)
                    {
                        Show([.. buffer]);
                    }

                    return true;
                }

                buffer.AddRange(bytes.AsSpan(0, count));
                Take(buffer);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Take(List<byte> buffer)
    {
        if (Is(ClientFault.PrintsHalfFrames) || Is(ClientFault.OneMessagePerReceive))
        {
            if (Is(ClientFault.PrintsHalfFrames) || buffer.Count >= Size)
            {
                Show([.. buffer.Take(Size)]);
                buffer.Clear();
            }

            return;
        }

        for (; buffer.Count >= Size; buffer.RemoveRange(0, Size))
        {
            if (!Is(ClientFault.LastWordsLost) || buffer.Count >= 2 * Size || !EndIsNear())
            {
                Show([.. buffer.Take(Size)]);
            }
        }
    }

    /// <summary>Whether the server closes right after these frames.</summary>
    private bool EndIsNear() => _socket.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead) && _socket.Available == 0;

    private void Show(byte[] frame)
    {
        Volatile.Write(ref _messages, _messages + 1);
        string text = Encoding.UTF8.GetString(frame);
        text = Is(ClientFault.PrintsPadding) ? text : text.TrimEnd(' ');
        text = Is(ClientFault.ListInOneLine) ? text.Replace('\n', ' ') : text;
        text = Is(ClientFault.CutsLongMessages) ? text[..Math.Min(text.Length, 100)] : text;
        string wipe = Is(ClientFault.DoesNotWipe) ? "\r" : "\r    \r";
        Print($"{wipe}{text}{(Is(ClientFault.NoNewline) ? " " : "\n")}{(Is(ClientFault.NoPromptAfterMessage) ? "" : Prompt)}");
    }

    private void Print(string text)
    {
        if (!Is(ClientFault.NeverFlushes))
        {
            _program!.Output.Add(Encoding.UTF8.GetBytes(text));
        }
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The thread at the socket notices, too.
        }
    }
}
