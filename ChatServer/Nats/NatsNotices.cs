using NATS.Client.Core;

namespace ThreadedChat.ChatServer.Nats;

/// <summary>A thread that receives the notices of other servers. Notices are repeated while they are valid, so after a break the thread only subscribes again.</summary>
/// <param name="link">The connection.</param>
/// <param name="subject">Of the notices.</param>
/// <param name="received">Called with each notice. Must not block.</param>
/// <param name="end">Ends the thread.</param>
internal sealed class NatsNotices(NatsLink link, string subject, Action<ReadOnlyMemory<byte>> received, CancellationToken end)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(Run) { Name = "cluster-notices", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Waits for the end of the thread.</summary>
    public void Join() => _thread?.Join();

    private void Run()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                IAsyncEnumerator<NatsMsg<byte[]>> notices =
                    link.Connection.SubscribeAsync<byte[]>(subject, cancellationToken: end).GetAsyncEnumerator(end);
                while (notices.MoveNextAsync().AsTask().GetAwaiter().GetResult())
                {
                    received(notices.Current.Data);
                }
            }
            catch (Exception e) when (NatsCalls.IsOfEngine(e))
            {
                end.WaitHandle.WaitOne(RetryPause);
            }
        }
    }
}
