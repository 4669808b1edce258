using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>The mutes: of names, or of everybody except moderators. They end when the server ends.</summary>
internal sealed class MuteList(TimeProvider time) : IMutes
{
    /// <summary>The name that means everybody.</summary>
    public const string Everybody = "*";

    private const int Most = 10_000;

    private static readonly TimeSpan TellInterval = TimeSpan.FromMinutes(1);

    /// <summary>Guards changes of <see cref="_mutes"/>. A leaf.</summary>
    private readonly Lock _gate = new();

    private volatile Mute[] _mutes = [];

    public bool Silences(Participant sender)
    {
        if (_mutes.Length == 0 || !IsMuted(sender))
        {
            return false;
        }

        long now = time.GetTimestamp();
        if (sender.ToldMutedAt is not long told || time.GetElapsedTime(told, now) >= TellInterval)
        {
            sender.ToldMutedAt = now;
            sender.Reply(AccountText.Muted);
        }

        return true;
    }

    /// <summary>Mutes a name until a time, in place of a mute that it has. False if there are too many.</summary>
    public bool Add(string name, DateTimeOffset? until)
    {
        lock (_gate)
        {
            Mute[] others = [.. Valid().Where(mute => mute.Key != LookAlike.Key(name))];
            if (others.Length >= Most)
            {
                return false;
            }

            _mutes = [.. others, new Mute(LookAlike.Key(name), until)];
            return true;
        }
    }

    /// <summary>Ends the mute of a name. False if it has none.</summary>
    public bool Remove(string name)
    {
        lock (_gate)
        {
            Mute[] before = Valid();
            _mutes = [.. before.Where(mute => mute.Key != LookAlike.Key(name))];
            return _mutes.Length < before.Length;
        }
    }

    /// <summary>The mutes that hold now.</summary>
    public IReadOnlyList<Mute> Now => Valid();

    /// <summary>Takes mutes in place of all that there are.</summary>
    public void Replace(IEnumerable<(string Key, DateTimeOffset? Until)> mutes)
    {
        Mute[] all = [.. mutes.Select(mute => new Mute(mute.Key, mute.Until))];
        lock (_gate)
        {
            _mutes = all;
        }
    }

    /// <summary>True if nobody gets what this participant says.</summary>
    public bool IsMuted(Participant participant)
    {
        string key = LookAlike.Key(participant.Name);
        return Array.Exists(Valid(), mute => mute.Key == key || (mute.Key == Everybody && !participant.IsModerator));
    }

    private Mute[] Valid()
    {
        DateTimeOffset now = time.GetUtcNow();
        return [.. _mutes.Where(mute => mute.Until is not DateTimeOffset until || now < until)];
    }

    /// <summary>A name, as names are compared, and when its mute ends; null for never.</summary>
    internal sealed record Mute(string Key, DateTimeOffset? Until);
}
