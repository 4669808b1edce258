using System.Net.Sockets;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// The log in a stream of NATS JetStream. The only file that names NATS. Its client is asynchronous inside; here threads of the
/// server wait for it. Little of it is used, so that it runs on nats-server 2.9 and later: publish, a pull consumer from a
/// sequence, one message by sequence, the state of a stream.
/// </summary>
internal sealed class NatsEngine(ClusterTarget target) : IEngine
{
    private const long LogBytes = 1L << 30;
    private const long SnapshotBytes = 1L << 28;
    private const int NotFound = 404;

    private static readonly TimeSpan LogAge = TimeSpan.FromMinutes(15);

    /// <summary>For one call. A call that the engine does not answer fails after it.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    private readonly string _logStream = $"CHAT_{target.Name}";
    private readonly string _logSubject = $"chat.{target.Name}.log";
    private readonly string _snapshotStream = $"SNAP_{target.Name}";
    private readonly string _snapshotSubject = $"chat.{target.Name}.snap";
    private readonly string _noticeSubject = $"chat.{target.Name}.notice";
    private readonly CancellationTokenSource _end = new();
    private NatsConnection? _connection;
    private NatsJSContext? _jetStream;
    private Thread? _notices;
    private volatile bool _isConnected;

    public bool IsConnected => _isConnected;

    public Action<bool>? ConnectionChanged { get; set; }

    public Action<ReadOnlyMemory<byte>>? NoticeReceived { get; set; }

    public void Open(TimeSpan limit)
    {
        NatsOpts options = MakeOptions();
        long until = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (_jetStream is null)
        {
            try
            {
                OpenOnce(options);
            }
            catch (EngineException) when (Environment.TickCount64 < until)
            {
                Close();
                Thread.Sleep(RetryPause);
            }
        }

        _notices = new Thread(ReadNotices) { Name = "cluster-notices", IsBackground = true };
        _notices.Start();
    }

    public (long First, long Last) Range()
    {
        StreamState state = Call(token => Stream(_logStream, token)).Info.State;
        return state.Messages == 0 ? ((long)state.LastSeq + 1, (long)state.LastSeq) : ((long)state.FirstSeq, (long)state.LastSeq);
    }

    public void Append(ReadOnlyMemory<byte> payload) => Publish(_logSubject, payload);

    public void Notify(ReadOnlyMemory<byte> notice) => Publish(_noticeSubject, notice);

    public ILogReader Read(long from)
    {
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        INatsJSConsumer consumer = Call(token => _jetStream!.CreateOrUpdateConsumerAsync(
            _logStream,
            new ConsumerConfig
            {
                DeliverPolicy = ConsumerConfigDeliverPolicy.ByStartSequence,
                OptStartSeq = (ulong)Math.Max(1, from),
                AckPolicy = ConsumerConfigAckPolicy.None,
                MemStorage = true,
                NumReplicas = 1,
                InactiveThreshold = TimeSpan.FromSeconds(30),
            },
            token));
        return new Reader(consumer, cancel);
    }

    public void StorePiece(ReadOnlyMemory<byte> piece) =>
        Call(token => _jetStream!.PublishAsync(_snapshotSubject, piece, cancellationToken: token)).EnsureSuccess();

    public StoredEntry? LastPiece() => Get(new StreamMsgGetRequest { LastBySubj = _snapshotSubject });

    public StoredEntry? Piece(long position) => Get(new StreamMsgGetRequest { Seq = (ulong)position });

    public void Dispose()
    {
        _end.Cancel();
        Close();
        _notices?.Join();
        _end.Dispose();
    }

    private static string Explain(Exception e) => e.InnerException is Exception inner ? Explain(inner) : e.Message;

    private NatsOpts MakeOptions() => NatsOpts.Default with
    {
        Url = target.Urls,
        Name = $"ThreadedChat {target.Name}",
        PingInterval = TimeSpan.FromSeconds(1), // a hung engine is noticed after two of them
        MaxPingOut = 2,
        ReconnectWaitMin = TimeSpan.FromMilliseconds(100),
        ReconnectWaitMax = TimeSpan.FromMilliseconds(500),
        ReconnectJitter = TimeSpan.FromMilliseconds(50),
        ConnectTimeout = TimeSpan.FromSeconds(1),
        RequestTimeout = TimeSpan.FromSeconds(1),
        MaxReconnectRetry = -1,
        IgnoreAuthErrorAbort = true,
        WriterBufferSize = 1 << 20,
        AuthOpts = MakeAuthentication(),
        TlsOpts = new NatsTlsOpts
        {
            CaFile = target.CertificateAuthority,
            CertFile = target.Certificate,
            KeyFile = target.Key,
            Mode = target.CertificateAuthority is null && !target.Urls.Contains("tls://", StringComparison.Ordinal) ? TlsMode.Auto : TlsMode.Require,
        },
    };

    private NatsAuthOpts MakeAuthentication()
    {
        if (target.Credentials is not string file)
        {
            return NatsAuthOpts.Default;
        }

        if (Path.GetExtension(file) == ".creds")
        {
            return new NatsAuthOpts { CredsFile = file };
        }

        try
        {
            return File.ReadAllLines(file) is [var user, var password, ..]
                ? new NatsAuthOpts { Username = user.Trim(), Password = password.Trim() }
                : throw new EngineException($"'{file}' must have a user and a password, in two lines", isFinal: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineException($"'{file}' cannot be read: {e.Message}", isFinal: true);
        }
    }

    private void OpenOnce(NatsOpts options)
    {
        var connection = new NatsConnection(options);
        _connection = connection;
        connection.ConnectionOpened += (_, _) => Changed(connection, isThere: true);
        connection.ConnectionDisconnected += (_, _) => Changed(connection, isThere: false);
        try
        {
            connection.ConnectAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (Exception e) when (IsOfEngine(e))
        {
            throw new EngineException($"the engine at {target.Urls} cannot be reached: {Explain(e)}");
        }

        var jetStream = new NatsJSContext(connection);
        EnsureStream(jetStream, new StreamConfig(_logStream, [_logSubject]) { MaxAge = LogAge, MaxBytes = LogBytes });
        EnsureStream(jetStream, new StreamConfig(_snapshotStream, [_snapshotSubject]) { MaxBytes = SnapshotBytes });
        _jetStream = jetStream;
    }

    private void EnsureStream(NatsJSContext jetStream, StreamConfig config)
    {
        try
        {
            Call(token => jetStream.GetStreamAsync(config.Name!, cancellationToken: token));
        }
        catch (EngineException e) when (e.IsLogMissing)
        {
            config.Storage = StreamConfigStorage.File;
            config.Discard = StreamConfigDiscard.Old;
            config.NumReplicas = target.Replicas;
            Call(token => jetStream.CreateStreamAsync(config, token));
        }
    }

    private ValueTask<INatsJSStream> Stream(string name, CancellationToken token) => _jetStream!.GetStreamAsync(name, cancellationToken: token);

    private StoredEntry? Get(StreamMsgGetRequest request)
    {
        try
        {
            StreamMsgGetResponse response = Call(token => Call(inner => Stream(_snapshotStream, inner)).GetAsync(request, token));
            return new StoredEntry((long)response.Message.Seq, 0, response.Message.Data);
        }
        catch (EngineException e) when (e.IsLogMissing)
        {
            return null;
        }
    }

    private ValueTask Changed(NatsConnection connection, bool isThere)
    {
        if (connection == _connection)
        {
            _isConnected = isThere;
            ConnectionChanged?.Invoke(isThere);
        }

        return default;
    }

    private void Publish(string subject, ReadOnlyMemory<byte> payload)
    {
        using var limit = new CancellationTokenSource(CallLimit);
        try
        {
            ValueTask sent = _connection!.PublishAsync(subject, payload, cancellationToken: limit.Token);
            if (!sent.IsCompletedSuccessfully)
            {
                sent.AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception e) when (IsOfEngine(e))
        {
            throw new EngineException(Explain(e));
        }
    }

    /// <summary>Notices are sent again while they hold, so a break needs no more than to subscribe anew.</summary>
    private void ReadNotices()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                IAsyncEnumerator<NatsMsg<byte[]>> notices =
                    _connection!.SubscribeAsync<byte[]>(_noticeSubject, cancellationToken: _end.Token).GetAsyncEnumerator(_end.Token);
                while (notices.MoveNextAsync().AsTask().GetAwaiter().GetResult())
                {
                    NoticeReceived?.Invoke(notices.Current.Data);
                }
            }
            catch (Exception e) when (IsOfEngine(e))
            {
                _end.Token.WaitHandle.WaitOne(RetryPause);
            }
        }
    }

    private void Close()
    {
        NatsConnection? connection = _connection;
        _connection = null;
        _jetStream = null;
        _isConnected = false;
        try
        {
            connection?.DisposeAsync().AsTask().Wait(CallLimit);
        }
        catch (AggregateException)
        {
            // It is given up in any case.
        }
    }

    private T Call<T>(Func<CancellationToken, ValueTask<T>> call)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(CallLimit);
        try
        {
            return call(limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (NatsJSApiException e)
        {
            throw new EngineException($"the engine says: {e.Error.Description}", isLogMissing: e.Error.Code == NotFound);
        }
        catch (Exception e) when (IsOfEngine(e))
        {
            throw new EngineException(e is OperationCanceledException ? "the engine does not answer" : Explain(e));
        }
    }

    private static bool IsOfEngine(Exception e) =>
        e is NatsException or OperationCanceledException or TimeoutException or SocketException or IOException or ObjectDisposedException
            or InvalidOperationException or System.Security.Authentication.AuthenticationException or System.Security.Cryptography.CryptographicException
        || (e is AggregateException { InnerException: Exception inner } && IsOfEngine(inner));

    /// <summary>A pull consumer, which is made anew after each break: what the client of the engine does by itself takes longer.</summary>
    private sealed class Reader(INatsJSConsumer consumer, CancellationTokenSource cancel) : ILogReader
    {
        private static readonly NatsJSConsumeOpts Options = new()
        {
            MaxMsgs = 256, // of at most 64 KiB each
            IdleHeartbeat = TimeSpan.FromMilliseconds(500),
            Expires = TimeSpan.FromSeconds(10),
        };

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
            catch (Exception e) when (IsOfEngine(e))
            {
                throw new EngineException(Explain(e));
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
                _messages.DisposeAsync().AsTask().Wait(TimeSpan.FromMilliseconds(500));
            }
            catch (Exception e) when (IsOfEngine(e))
            {
                // The engine may not be there any more.
            }

            cancel.Dispose();
        }
    }
}
