using System.Net;
using System.Text;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>The bytes of bans and mutes, in entries and in snapshots.</summary>
internal static class SharedListsCodec
{
    /// <summary>Bytes of a network in text.</summary>
    public const int MaxNetwork = 64;

    /// <summary>Of what names, and the mark for everybody, are compared by: folding can make a text longer.</summary>
    public const int MaxKey = 4 * Frame.Size;

    public static void Write(ByteWriter bytes, SharedBan ban)
    {
        bytes.Text(ban.Name);
        bytes.Int64(ban.Until);
        bytes.Text(ban.By);
        bytes.Int64(ban.At);
        bytes.Int32(ban.Networks.Count);
        foreach (IPNetwork network in ban.Networks)
        {
            bytes.Text(network.ToString());
        }
    }

    /// <summary>Null if the bytes are not a ban.</summary>
    public static SharedBan? ReadBan(ref ByteReader reader)
    {
        (string name, long until, string by, long at) = (reader.Text(ParticipantName.MaxBytes), reader.Int64(), reader.Text(Frame.Size), reader.Int64());
        int count = reader.Count(least: 2);
        if (reader.IsWrong || count > SharedBan.MostNetworks || (count == 0 && name.Length == 0) || (name.Length > 0 && !EntryCodec.IsName(name))
            || !TextCleaner.IsClean(Encoding.UTF8.GetBytes(by)))
        {
            return null;
        }

        var networks = new IPNetwork[count];
        for (int i = 0; i < count; i++)
        {
            if (!IPNetwork.TryParse(reader.Text(MaxNetwork), out networks[i]))
            {
                return null;
            }
        }

        return reader.IsWrong ? null : new SharedBan(name, networks, until, by, at);
    }

    public static void Write(ByteWriter bytes, SharedLists lists)
    {
        bytes.Int32(lists.Bans.Count);
        foreach (SharedBan ban in lists.Bans)
        {
            Write(bytes, ban);
        }

        bytes.Int32(lists.Mutes.Count);
        foreach (SharedMute mute in lists.Mutes)
        {
            bytes.Text(mute.Name);
            bytes.Int64(mute.Until);
        }
    }

    /// <summary>Null if the bytes are not lists.</summary>
    public static SharedLists? ReadLists(ref ByteReader reader)
    {
        var bans = new SharedBan[reader.Count(least: 24)];
        for (int i = 0; i < bans.Length; i++)
        {
            if (ReadBan(ref reader) is not SharedBan ban)
            {
                return null;
            }

            bans[i] = ban;
        }

        var mutes = new SharedMute[reader.Count(least: 10)];
        for (int i = 0; i < mutes.Length; i++)
        {
            mutes[i] = new SharedMute(reader.Text(MaxKey), reader.Int64());
        }

        return reader.IsWrong ? null : new SharedLists(bans, mutes);
    }
}
