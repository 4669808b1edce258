using BenchmarkDotNet.Attributes;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Micro;

/// <summary>From the text of a frame to its command, and from messages to their frames.</summary>
public class CommandBenchmarks
{
    private const int MessagesPerRun = 64;

    private readonly Participant _sender = new("Panda", new CountingOutbox());
    private readonly byte[] _message = TestText.Ascii;
    private readonly byte[] _messages = [.. Enumerable.Repeat((byte)'x', MessagesPerRun * Frame.Size)];
    private readonly byte[] _list = [.. "/list"u8];
    private readonly byte[] _join = [.. "/join 168_tas"u8];
    private readonly byte[] _unknown = [.. "/leave 168_tas"u8];

    [Benchmark]
    public bool ParseMessage() => ControlMessage.TryParse(_message, out _);

    [Benchmark]
    public ControlMessage ParseList() => Parse(_list);

    [Benchmark]
    public ControlMessage ParseJoin() => Parse(_join);

    [Benchmark]
    public ControlMessage ParseUnknown() => Parse(_unknown);

    private static ControlMessage Parse(byte[] text) =>
        ControlMessage.TryParse(text, out ControlMessage message) ? message : default;

    /// <summary>Per message, for 64 messages of one receive.</summary>
    [Benchmark(OperationsPerInvoke = MessagesPerRun)]
    public int RunOfMessages()
    {
        var run = new MessageBatch(_sender);
        for (int toCome = MessagesPerRun - 1; toCome >= 0; toCome--)
        {
            run.Add(_message, _messages.AsSpan(0, toCome * Frame.Size));
        }

        return run.Take().Length;
    }
}
