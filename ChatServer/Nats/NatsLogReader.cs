using NATS.Client.JetStream;
using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Nats;

/// <summary>A pull consumer, which is made again after each break: the repair by the client library takes longer.</summary>
/// <param name="consumer">The consumer.</param>
/// <param name="cancel">Ends the reading. This object disposes it.</param>
internal sealed class NatsLogReader(INatsJSConsumer consumer, CancellationTokenSource cancel) : ILogReader
{
    private static readonly NatsJSConsumeOpts Options = new()
    {
        MaxMsgs = 256, // of at most 64 KiB each
        IdleHeartbeat = TimeSpan.FromMilliseconds(500),
        Expires = TimeSpan.FromSeconds(10),
    };

    private static readonly TimeSpan EndLimit = TimeSpan.FromMilliseconds(500);

    private readonly IAsyncEnumerator<INatsJSMsg<byte[]>> _messages =
        consumer.ConsumeAsync<byte[]>(opts: Options, cancellationToken: cancel.Token).GetAsyncEnumerator(cancel.Token);

    private Task<bool>? _next;

    public bool TryRead(out StoredEntry entry)
    {
        entry = default;
        if (_next is null)
        {
            ValueTask<bool> next = _messages.MoveNextAsync();
            if (!next.IsCompletedSuccessfully)
            {
                _next = next.AsTask();
                return false;
            }

            if (!next.Result)
            {
                _next = Task.FromResult(false);
                return false;
            }
        }
        else if (!_next.IsCompletedSuccessfully || !_next.Result)
        {
            return false;
        }

        _next = null;
        INatsJSMsg<byte[]> message = _messages.Current;
        NatsJSMsgMetadata metadata = message.Metadata ?? throw new EngineException("a message of the log has no position");
        entry = new StoredEntry((long)metadata.Sequence.Stream, metadata.Timestamp.UtcTicks, message.Data ?? []);
        return true;
    }

    public bool WaitForNext()
    {
        try
        {
            return _next is null || _next.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception e) when (NatsCalls.IsOfEngine(e))
        {
            throw new EngineException(NatsCalls.Explain(e));
        }
    }

    public void Cancel()
    {
        try
        {
            cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself meanwhile.
        }
    }

    public void Dispose()
    {
        Cancel();
        try
        {
            _messages.DisposeAsync().AsTask().Wait(EndLimit);
        }
        catch (Exception e) when (NatsCalls.IsOfEngine(e))
        {
            // The engine may not be there any more.
        }

        cancel.Dispose();
    }
}
