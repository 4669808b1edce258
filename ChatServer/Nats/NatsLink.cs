using NATS.Client.Core;
using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Nats;

/// <summary>One connection to the engine. If it is lost, it is made again, until it is disposed.</summary>
internal sealed class NatsLink : IDisposable
{
    /// <summary>How long the end of the connection may take: the engine may not answer any more.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    private readonly string _urls;
    private readonly Action<bool> _changed;
    private readonly CancellationToken _end;
    private volatile bool _isConnected;
    private volatile bool _isOver;

    /// <param name="target">Where the engine is, and how to log in.</param>
    /// <param name="changed">Any thread calls it when the connection is lost (false) or there again (true).</param>
    /// <param name="end">Ends the waits for the engine.</param>
    /// <exception cref="EngineException">A file that is needed to log in cannot be used.</exception>
    public NatsLink(ClusterTarget target, Action<bool> changed, CancellationToken end)
    {
        (_urls, _changed, _end) = (target.Urls, changed, end);
        Connection = new NatsConnection(NatsSettings.Of(target));
        Connection.ConnectionOpened += (_, _) => Changed(isThere: true);
        Connection.ConnectionDisconnected += (_, _) => Changed(isThere: false);
    }

    public NatsConnection Connection { get; }

    public bool IsConnected => _isConnected;

    /// <summary>Connects for the first time.</summary>
    /// <exception cref="EngineException">There is no engine, or it does not let this server in.</exception>
    public void Open()
    {
        try
        {
            Connection.ConnectAsync().AsTask().WaitAsync(_end).GetAwaiter().GetResult();
        }
        catch (Exception e) when (NatsCalls.IsOfEngine(e))
        {
            throw new EngineException($"the engine at {_urls} cannot be reached: {NatsCalls.Explain(e)}");
        }
    }

    /// <summary>Sends a message, without an answer.</summary>
    public void Publish(string subject, ReadOnlyMemory<byte> payload)
    {
        using var limit = new CancellationTokenSource(NatsCalls.Limit);
        try
        {
            ValueTask sent = Connection.PublishAsync(subject, payload, cancellationToken: limit.Token);
            if (!sent.IsCompletedSuccessfully)
            {
                sent.AsTask().WaitAsync(_end).GetAwaiter().GetResult();
            }
        }
        catch (Exception e) when (NatsCalls.IsOfEngine(e))
        {
            throw new EngineException(NatsCalls.Explain(e));
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _isConnected = false;
        try
        {
            Connection.DisposeAsync().AsTask().Wait(EndLimit);
        }
        catch (AggregateException)
        {
            // The connection is discarded in any case.
        }
    }

    private ValueTask Changed(bool isThere)
    {
        if (!_isOver)
        {
            _isConnected = isThere;
            _changed(isThere);
        }

        return default;
    }
}
