using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Nats;

/// <summary>
/// The log in a stream of NATS JetStream. Little of NATS is used, so that it runs on nats-server 2.9 and later: publish, a pull consumer
/// from a sequence, one message by sequence, the state of a stream.
/// </summary>
internal sealed class NatsEngine(ClusterTarget target) : IEngine
{
    private const long LogBytes = 1L << 30;
    private const long SnapshotBytes = 1L << 28;

    private static readonly TimeSpan LogAge = TimeSpan.FromMinutes(15);

    /// <summary>A consumer that is not read is removed after this time.</summary>
    private static readonly TimeSpan ConsumerAge = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    private readonly string _logStream = $"CHAT_{target.Name}";
    private readonly string _logSubject = $"chat.{target.Name}.log";
    private readonly string _snapshotStream = $"SNAP_{target.Name}";
    private readonly string _snapshotSubject = $"chat.{target.Name}.snap";
    private readonly string _noticeSubject = $"chat.{target.Name}.notice";
    private readonly CancellationTokenSource _end = new();
    private NatsLink? _link;
    private NatsJSContext? _jetStream;
    private NatsNotices? _notices;

    public bool IsConnected => _link?.IsConnected == true;

    public Action<bool>? ConnectionChanged { get; set; }

    public Action<ReadOnlyMemory<byte>>? NoticeReceived { get; set; }

    public void Open(TimeSpan limit)
    {
        long until = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (_jetStream is null)
        {
            try
            {
                OpenOnce();
            }
            catch (EngineException e) when (!e.IsFinal && !_end.IsCancellationRequested && Environment.TickCount64 < until)
            {
                _link?.Dispose();
                _end.Token.WaitHandle.WaitOne(RetryPause);
            }
        }

        _notices = new NatsNotices(_link!, _noticeSubject, notice => NoticeReceived?.Invoke(notice), _end.Token);
        _notices.Start();
    }

    public (long First, long Last) Range()
    {
        StreamState state = Call(token => Stream(_logStream, token)).Info.State;
        return state.Messages == 0 ? ((long)state.LastSeq + 1, (long)state.LastSeq) : ((long)state.FirstSeq, (long)state.LastSeq);
    }

    public void Append(ReadOnlyMemory<byte> payload) => _link!.Publish(_logSubject, payload);

    public void Notify(ReadOnlyMemory<byte> notice) => _link!.Publish(_noticeSubject, notice);

    public ILogReader Read(long from)
    {
        INatsJSConsumer consumer = Call(token => _jetStream!.CreateOrUpdateConsumerAsync(
            _logStream,
            new ConsumerConfig
            {
                DeliverPolicy = ConsumerConfigDeliverPolicy.ByStartSequence,
                OptStartSeq = (ulong)Math.Max(1, from),
                AckPolicy = ConsumerConfigAckPolicy.None,
                MemStorage = true,
                NumReplicas = 1,
                InactiveThreshold = ConsumerAge,
            },
            token));
        return new NatsLogReader(consumer, CancellationTokenSource.CreateLinkedTokenSource(_end.Token));
    }

    public void StorePiece(ReadOnlyMemory<byte> piece) =>
        Call(token => _jetStream!.PublishAsync(_snapshotSubject, piece, cancellationToken: token)).EnsureSuccess();

    public StoredEntry? LastPiece() => Get(new StreamMsgGetRequest { LastBySubj = _snapshotSubject });

    public StoredEntry? Piece(long position) => Get(new StreamMsgGetRequest { Seq = (ulong)position });

    public void Cancel()
    {
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _link?.Dispose();
        _notices?.Join();
        _end.Dispose();
    }

    private void OpenOnce()
    {
        _link = new NatsLink(target, isThere => ConnectionChanged?.Invoke(isThere), _end.Token);
        _link.Open();
        var jetStream = new NatsJSContext(_link.Connection);
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
            INatsJSStream stream = Call(token => Stream(_snapshotStream, token));
            StreamMsgGetResponse response = Call(token => stream.GetAsync(request, token));
            return new StoredEntry((long)response.Message.Seq, 0, response.Message.Data);
        }
        catch (EngineException e) when (e.IsLogMissing)
        {
            return null;
        }
    }

    private T Call<T>(Func<CancellationToken, ValueTask<T>> call) => NatsCalls.Await(call, _end.Token);
}
