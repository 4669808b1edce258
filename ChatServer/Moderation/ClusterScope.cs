using System.Net;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.Common;
using ThreadedChat.Common.Unicode;

namespace ThreadedChat.ChatServer.Moderation;

/// <summary>Actions on all servers of a chat: entries in its log, which each server applies (<see cref="ClusterMirror"/>).</summary>
/// <param name="chat">The chat.</param>
/// <param name="bans">What this server has of the bans of all.</param>
/// <param name="time">The clock: each action has its time.</param>
internal sealed class ClusterScope(ClusterChat chat, BanList bans, TimeProvider time) : IScope
{
    /// <summary>Frames of an announcement in one command.</summary>
    private const int ChunkFrames = 256;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public IReadOnlyList<FoundClient> Find(string name) => Found(chat.Named(LookAlike.Key(name)));

    public IReadOnlyList<FoundClient> Moderators() => Found(chat.Moderators());

    public int Kick(string name, string text, bool isOperator) =>
        Do(new LogCommand(CommandKind.Kick) { Text = LookAlike.Key(name), Frames = Frame.Encode(text), IsOfOperator = isOperator }).Count;

    public int? Ban(Ban ban, bool isOperator)
    {
        LogResult result = Do(new LogCommand(CommandKind.Ban) { Ban = SharedForm.Of(ban), IsOfOperator = isOperator });
        return result.Outcome == CommandOutcome.Done ? result.Count : null;
    }

    public int Unban(string? key, IPNetwork? network) =>
        Do(new LogCommand(CommandKind.Unban) { Text = key ?? "", Place = network?.ToString() ?? "", Number = Now }).Count;

    public bool Mute(string name, DateTimeOffset? until) =>
        Do(new LogCommand(CommandKind.Mute) { Text = LookAlike.Key(name), Number = Now, Until = SharedForm.Of(until) }).Outcome == CommandOutcome.Done;

    public bool Unmute(string name) => Do(new LogCommand(CommandKind.Unmute) { Text = LookAlike.Key(name), Number = Now }).Count > 0;

    public int Announce(byte[] frames)
    {
        int count = 0;
        foreach (byte[] chunk in frames.Chunk(ChunkFrames * Frame.Size))
        {
            count = Do(new LogCommand(CommandKind.Announce) { Frames = chunk }).Count;
        }

        return count;
    }

    public RemoveResult Remove(string channel, ReadOnlyMemory<byte> notice, out int members)
    {
        RemoveResult result = chat.Remove(channel, notice, out members);
        return result == RemoveResult.Unreachable ? throw new ChatUnreachableException() : result;
    }

    public void Rank(Participant participant) => ClusterChat.Rank(participant);

    /// <summary>What the file has more or less than the chat is banned or unbanned on all servers.</summary>
    public int ReloadBans()
    {
        IReadOnlyList<Ban> wanted = bans.InFile();
        IReadOnlyList<Ban> current = bans.Now;
        foreach (Ban old in current.Where(old => !wanted.Any(ban => ban.Target == old.Target)))
        {
            if (old.Key is not null)
            {
                Unban(old.Key, null);
            }
            else
            {
                foreach (IPNetwork network in old.Networks)
                {
                    Unban(null, network);
                }
            }
        }

        foreach (Ban ban in wanted.Where(ban => !current.Any(old => old.Target == ban.Target && old.Until == ban.Until)))
        {
            Ban(ban, ban.IsOfOperator);
        }

        return bans.Now.Count;
    }

    private static FoundClient[] Found(IReadOnlyList<SharedPerson>? people) =>
        [.. (people ?? throw new ChatUnreachableException()).Select(person => new FoundClient(person.Name, person.Address, person.IsModerator))];

    private LogResult Do(LogCommand command)
    {
        LogResult result = chat.Do(command);
        return result.Outcome == CommandOutcome.Unknown ? throw new ChatUnreachableException() : result;
    }
}
