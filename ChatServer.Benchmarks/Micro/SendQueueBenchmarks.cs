using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using ThreadedChat.ChatServer.Logging;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Benchmarks.Micro;

/// <summary>Frames go into a send queue and, in a round of the writer, out again. The peer takes everything.</summary>
public class SendQueueBenchmarks
{
    private const int Appends = 64;

    private readonly byte[] _frame = Frame.Encode("[Panda] Hello world!");
    private readonly Writer _writer = new(new Faults(NullLogger.Instance)); // not started: the benchmark runs its rounds
    private readonly SendQueue _queue;

    public SendQueueBenchmarks() => _queue = new SendQueue(
        new GreedyTarget(),
        _writer,
        new SendLimits(SoftBytes: 256 * 1024, HardBytes: 1024 * 1024, SlowTimeout: TimeSpan.FromSeconds(1)),
        TimeProvider.System);

    [Benchmark]
    public void AppendAndDrain1()
    {
        _queue.Append(_frame);
        _writer.Round();
    }

    /// <summary>Per frame, for 64 frames that go out together.</summary>
    [Benchmark(OperationsPerInvoke = Appends)]
    public void AppendAndDrain64()
    {
        for (int i = 0; i < Appends; i++)
        {
            _queue.Append(_frame);
        }

        _writer.Round();
    }

    private sealed class GreedyTarget : ISendTarget
    {
        public int Send(ReadOnlySpan<byte> bytes) => bytes.Length;

        public bool EndSending() => true;

        public void Abort(CloseReason reason)
        {
        }
    }
}
