using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// A thread that reads the log and has each entry applied, in order, without a gap. After each break it begins at the
/// entry that was applied last and compares it: an engine does not report that its log has lost entries, or that it is another log.
/// </summary>
/// <param name="engine">The log.</param>
/// <param name="mark">The entry applied last; null if there is none to compare.</param>
/// <param name="position">Its position.</param>
/// <param name="apply">Applies the next entry.</param>
/// <param name="endOfBurst">Called when no further entry is there yet.</param>
/// <param name="lose">Called with the reason if this is not the same log any more.</param>
/// <param name="faults">Catches and counts exceptions in the server's own code.</param>
/// <param name="log">The log of the server.</param>
internal sealed class Follower(
    IEngine engine,
    ImageMark? mark,
    long position,
    Action<StoredEntry> apply,
    Action endOfBurst,
    Action<string> lose,
    Faults faults,
    ILogger log) : IDisposable
{
    /// <summary>Milliseconds for which a log may be missing, or shorter than it was: engines that start show this.</summary>
    private const int DoubtLimit = 5_000;

    private const int Pause = 100;

    /// <summary>After this number of entries the writer is woken, also if further ones are there.</summary>
    private const int LongestBurst = 8;

    private readonly ManualResetEventSlim _end = new(initialState: false, spinCount: 0);
    private volatile ILogReader? _reader;
    private ImageMark? _mark = mark;
    private long _position = position;
    private long? _doubtSince;
    private long? _gapAt;
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(() => faults.Guard("following the log", Run)) { Name = "cluster-follower", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends the reading that is under way; the thread begins another one.</summary>
    public void Restart() => _reader?.Cancel();

    /// <summary>Ends the thread, which may be the one that calls.</summary>
    public void End()
    {
        _end.Set();
        _reader?.Cancel();
    }

    /// <summary>Ends the thread, and waits for that.</summary>
    public void Dispose()
    {
        End();
        _thread?.Join();
        _end.Dispose();
    }

    private void Run()
    {
        while (!_end.IsSet)
        {
            try
            {
                ReadOn();
            }
            catch (EngineException e) when (e.IsLogMissing)
            {
                Doubt("the log is not there any more");
            }
            catch (EngineException e)
            {
                log.FollowsAgain(e.Message);
            }

            endOfBurst();
            _end.Wait(Pause);
        }
    }

    private void ReadOn()
    {
        (long first, long last) = engine.Range();
        if (last < _position)
        {
            Doubt($"the log has gone back: it ends at {last}, and {_position} was applied");
            return;
        }

        bool isOverlap = _mark is ImageMark known && known.Position >= first;
        if (!isOverlap && _mark is not null && first > _position + 1)
        {
            lose($"the log does not have position {_position + 1} any more");
            return;
        }

        using ILogReader reader = engine.Read(isOverlap ? _position : _position + 1);
        _reader = reader;
        int burst = 0;
        while (!_end.IsSet)
        {
            bool isThere = reader.TryRead(out StoredEntry entry);
            if (!isThere || ++burst >= LongestBurst)
            {
                burst = 0;
                endOfBurst();
            }

            if (!isThere)
            {
                if (!reader.WaitForNext())
                {
                    return;
                }
            }
            else if (!Take(entry, ref isOverlap))
            {
                return;
            }
        }
    }

    /// <summary>False if the reading must begin again, or end.</summary>
    private bool Take(StoredEntry entry, ref bool isOverlap)
    {
        if (isOverlap)
        {
            isOverlap = false;
            bool isSame = ImageMark.Of(entry) == _mark;
            if (!isSame)
            {
                lose($"the log is another one: position {_position} has other contents");
            }

            _doubtSince = isSame ? null : _doubtSince;
            return isSame;
        }

        if (entry.Position <= _position)
        {
            return true; // the engine has sent it twice
        }

        if (entry.Position != _position + 1)
        {
            if (_gapAt == _position)
            {
                lose($"the log has a gap behind position {_position}");
            }

            _gapAt = _position;
            log.PositionMissing(_position, entry.Position);
            return false;
        }

        _doubtSince = null;
        _position = entry.Position;
        _mark = ImageMark.Of(entry);
        apply(entry);
        return true;
    }

    /// <summary>A problem that may go away by itself. If it does not, the membership is lost.</summary>
    private void Doubt(string why)
    {
        _doubtSince ??= Environment.TickCount64;
        if (Environment.TickCount64 - _doubtSince > DoubtLimit)
        {
            lose(why);
        }
    }
}
