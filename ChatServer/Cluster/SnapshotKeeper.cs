using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>A thread that stores a snapshot every minute, and after 64 MiB of log, if this server is the oldest one.</summary>
internal sealed class SnapshotKeeper(IEngine engine, Func<ReadOnlyMemory<byte>?> takeImage, ClusterFigures figures, Faults faults, ILogger log) : IDisposable
{
    private const long Bytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _end = new(initialState: false, spinCount: 0);
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(() => faults.Guard("storing snapshots", Run)) { Name = "cluster-snapshot", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _end.Set();
        _thread?.Join();
        _end.Dispose();
    }

    private void Run()
    {
        long due = Environment.TickCount64 + (long)First.TotalMilliseconds;
        long bytesAt = figures.BytesRead;
        while (!_end.Wait(Look))
        {
            if (figures.IsReachable && (Environment.TickCount64 >= due || figures.BytesRead - bytesAt >= Bytes))
            {
                due = Environment.TickCount64 + (long)Interval.TotalMilliseconds;
                bytesAt = figures.BytesRead;
                Store();
            }
        }
    }

    private void Store()
    {
        if (takeImage() is not ReadOnlyMemory<byte> image)
        {
            return;
        }

        try
        {
            SnapshotPieces.Store(engine, image);
            log.SnapshotStored(image.Length, figures.Position);
        }
        catch (EngineException e)
        {
            log.SnapshotFailed(e.Message);
        }
    }
}
