using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>A thread that writes the file of the bans, so that who follows the log of several servers waits for no disk.</summary>
internal sealed class BanWriter(BanList bans, Faults faults) : IDisposable
{
    /// <summary>Guards <see cref="_isDue"/> and <see cref="_isOver"/>. A leaf. A monitor, since the thread waits on it.</summary>
    private readonly object _gate = new();

    private bool _isDue;
    private bool _isOver;
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(Run) { Name = "bans", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The list has changed.</summary>
    public void Save()
    {
        lock (_gate)
        {
            _isDue = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Writes what is due, and ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
    }

    private void Run()
    {
        while (IsDue())
        {
            faults.Guard("writing the bans", bans.Save);
        }
    }

    private bool IsDue()
    {
        lock (_gate)
        {
            while (!_isDue && !_isOver)
            {
                Monitor.Wait(_gate);
            }

            bool isDue = _isDue;
            _isDue = false;
            return isDue;
        }
    }
}
