using BenchmarkDotNet.Attributes;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Micro;

/// <summary>From the text of a frame to what it asks for, and from messages to what their receivers get.</summary>
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
    public object ParseMessage() => CommandParser.Parse(_message);

    [Benchmark]
    public object ParseList() => CommandParser.Parse(_list);

    [Benchmark]
    public object ParseJoin() => CommandParser.Parse(_join);

    [Benchmark]
    public object ParseUnknown() => CommandParser.Parse(_unknown);

    /// <summary>For each of 64 messages that came in one read.</summary>
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
