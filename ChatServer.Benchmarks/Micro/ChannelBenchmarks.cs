using System.Globalization;
using BenchmarkDotNet.Attributes;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Micro;

/// <summary>The work of a channel for a message, with outboxes that do nothing.</summary>
public class ChannelBenchmarks
{
    private const int Receivers = 100;

    private readonly Participant _sender = new("Panda", new CountingOutbox());
    private readonly byte[] _frame = Frame.Encode("[Panda] Hello world!");
    private readonly Channel _channel;

    public ChannelBenchmarks()
    {
        _channel = new Channel("168_tas", _sender);
        for (int i = 0; i < Receivers; i++)
        {
            _channel.Enter(new Participant(string.Create(CultureInfo.InvariantCulture, $"member{i}"), new CountingOutbox()));
        }
    }

    [Benchmark]
    public void BroadcastTo100() => _channel.Broadcast(_sender, _frame);
}
