using System.Net;
using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Machine;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>
/// The bans of a running server. Reading takes no lock. Each change is written to the file, if there is one; a ban that cannot be
/// written is in effect until the server ends or reads the file again, and the log says so.
/// </summary>
internal sealed class BanList
{
    /// <summary>Each new connection is compared with all of them.</summary>
    public const int Most = 10_000;

    private readonly string? _path;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly OneAtATime _writing = new();

    /// <summary>Guards changes of <see cref="_bans"/>, <see cref="_changes"/> and <see cref="_written"/>. A leaf.</summary>
    private readonly Lock _gate = new();

    private volatile Ban[] _bans;
    private long _changes; // how many changes there were
    private long _written; // how many of them were written, or could not be

    /// <param name="path">The file; null for none.</param>
    /// <param name="time">The clock: bans end by it.</param>
    /// <param name="log">Gets a line if the file cannot be written.</param>
    /// <exception cref="UnusableFileException">The file cannot be read or is wrong.</exception>
    public BanList(string? path, TimeProvider time, ILogger log)
    {
        _path = path;
        _time = time;
        _log = log;
        _bans = path is null ? [] : [.. BanFile.Read(path)];
    }

    /// <summary>The bans that are in effect now.</summary>
    public IReadOnlyList<Ban> Now
    {
        get
        {
            DateTimeOffset now = _time.GetUtcNow();
            return [.. _bans.Where(ban => Holds(ban, now))];
        }
    }

    /// <summary>True if an address is banned; for a moderator, only if the operator has banned it.</summary>
    public bool Covers(IPAddress address, bool isModerator = false)
    {
        Ban[] bans = _bans;
        if (bans.Length == 0)
        {
            return false;
        }

        DateTimeOffset now = _time.GetUtcNow();
        return Array.Exists(bans, ban => ban.Networks.Any(network => network.Contains(address)) && IsMeant(ban, isModerator) && Holds(ban, now));
    }

    /// <summary>True if a name is banned; for a moderator, only if the operator has banned it.</summary>
    public bool Covers(string name, bool isModerator = false)
    {
        Ban[] bans = _bans;
        if (bans.Length == 0)
        {
            return false;
        }

        string key = LookAlike.Key(name);
        DateTimeOffset now = _time.GetUtcNow();
        return Array.Exists(bans, ban => ban.Key == key && IsMeant(ban, isModerator) && Holds(ban, now));
    }

    /// <summary>Adds a ban, in place of one of the same target. False if there are too many.</summary>
    public bool Add(Ban ban)
    {
        lock (_gate)
        {
            Ban[] others = [.. Valid().Where(other => other.Key != ban.Key || (ban.Key is null && other.Target != ban.Target))];
            if (others.Length >= Most)
            {
                return false;
            }

            _bans = [.. others, ban];
            _changes++;
        }

        Save();
        return true;
    }

    /// <summary>Removes the bans of this name, or of exactly this network. Returns how many there were.</summary>
    public int Remove(string? key, IPNetwork? network)
    {
        int count;
        lock (_gate)
        {
            Ban[] before = Valid();
            _bans = [.. before.Where(ban => !(key is not null && ban.Key == key) && !(network is IPNetwork one && ban.Networks.Contains(one)))];
            count = before.Length - _bans.Length;
            _changes += count > 0 ? 1 : 0;
        }

        if (count > 0)
        {
            Save();
        }

        return count;
    }

    /// <summary>Reads the file again. Returns how many bans it has.</summary>
    /// <exception cref="UnusableFileException">It cannot be read or is wrong. Nothing has changed.</exception>
    public int Reload()
    {
        if (_path is not null)
        {
            bool isRead = false;
            UnusableFileException? error = null;
            while (!isRead && error is null)
            {
                // Behind the changes that wait to be written: the file lacks them.
                _writing.DoAndWait(() => isRead = TryRead(out error));
            }

            if (error is not null)
            {
                throw error;
            }
        }

        return Now.Count;
    }

    /// <summary>False if the file is wrong, or lacks a change that was made meanwhile.</summary>
    private bool TryRead(out UnusableFileException? error)
    {
        error = null;
        long changes;
        lock (_gate)
        {
            changes = _changes;
            if (_written != changes)
            {
                return false;
            }
        }

        try
        {
            Ban[] read = [.. BanFile.Read(_path!)];
            lock (_gate)
            {
                if (_changes != changes)
                {
                    return false;
                }

                _bans = read;
                return true;
            }
        }
        catch (UnusableFileException e)
        {
            error = e;
            return false;
        }
    }

    /// <summary>The bans that are in the file.</summary>
    /// <exception cref="UnusableFileException">It cannot be read or is wrong.</exception>
    public IReadOnlyList<Ban> InFile() => _path is null ? Now : BanFile.Read(_path);

    /// <summary>Takes bans in place of all that there are. <see cref="Save"/> writes them.</summary>
    public void Replace(IEnumerable<Ban> bans)
    {
        Ban[] all = [.. bans];
        lock (_gate)
        {
            _bans = all;
            _changes++;
        }
    }

    private static bool IsMeant(Ban ban, bool isModerator) => ban.IsOfOperator || !isModerator;

    private static bool Holds(Ban ban, DateTimeOffset now) => ban.Until is not DateTimeOffset until || now < until;

    private Ban[] Valid()
    {
        DateTimeOffset now = _time.GetUtcNow();
        return [.. _bans.Where(ban => Holds(ban, now))];
    }

    /// <summary>Writes the list as it is when its turn comes.</summary>
    public void Save()
    {
        if (_path is null)
        {
            return;
        }

        _writing.Do(() =>
        {
            Ban[] bans;
            long changes;
            lock (_gate)
            {
                (bans, changes) = (_bans, _changes);
            }

            try
            {
                BanFile.Write(_path, bans);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _log.FileFailed("bans", e.Message);
            }

            lock (_gate)
            {
                _written = changes;
            }
        });
    }
}
