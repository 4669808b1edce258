using System.Text;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.Common;

namespace ThreadedChat.ChatServer.Cluster;

/// <summary>
/// The bytes of an entry: version, incarnation, number, count of commands, commands. What comes from the log is not trusted: an
/// entry with one wrong byte is rejected as a whole.
/// </summary>
internal static class EntryCodec
{
    /// <summary>
    /// Of the bytes of an entry, and of what each entry does: two servers with one version decide the same. A server applies no entry of another
    /// version. So it is raised also if the bytes stay and a rule changes, for example how many channels an address may create.
    /// </summary>
    public const byte Version = 5;

    /// <summary>Bytes of an entry. What a server batches stays below; one command may be this large.</summary>
    public const int MaxBytes = 128 * 1024;

    /// <summary>Bytes of settings. This limits their list of channels.</summary>
    public const int MaxSettings = 60_000;

    /// <summary>Bytes of frames in one command: a batch of messages, and what its last text adds to it.</summary>
    public const int MaxFrames = 320 * Frame.Size;

    private const int MaxAddress = 64;

    /// <summary>Version, incarnation, number, count of commands.</summary>
    private const int HeaderBytes = 1 + 8 + 8 + 2;

    [Flags]
    private enum Marks : byte
    {
        IsAuthenticated = 1,
        IsModerator = 2,
    }

    public static byte[] Encode(ServerEntry entry)
    {
        var bytes = new ByteWriter();
        bytes.Byte(Version);
        bytes.Int64(entry.Incarnation);
        bytes.Int64(entry.Number);
        bytes.UInt16(entry.Commands.Count);
        foreach (LogCommand command in entry.Commands)
        {
            Write(bytes, command);
        }

        return bytes.Written.ToArray();
    }

    /// <summary>The entry, or null if the bytes are not an entry.</summary>
    public static ServerEntry? TryDecode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (bytes.Length > MaxBytes || reader.Byte() != Version)
        {
            return null;
        }

        long incarnation = reader.Int64();
        long number = reader.Int64();
        int count = reader.UInt16();
        if (reader.IsWrong || number < 0 || count == 0 || count > bytes.Length)
        {
            return null;
        }

        var commands = new LogCommand[count];
        for (int i = 0; i < count; i++)
        {
            if (Read(ref reader) is not LogCommand command)
            {
                return null;
            }

            commands[i] = command;
        }

        return reader.IsAtEnd ? new ServerEntry(incarnation, number, commands) : null;
    }

    /// <summary>The version of the program that has written these bytes, if it is another one and they may be an entry; null otherwise.</summary>
    public static byte? OtherVersionOf(ReadOnlySpan<byte> bytes) => bytes.Length > HeaderBytes && bytes[0] != Version ? bytes[0] : null;

    /// <summary>True if a client can name this channel in a command, and the command then means this channel.</summary>
    public static bool IsChannel(string name)
    {
        byte[] command = Encoding.UTF8.GetBytes($"{ControlMessage.Join} {name}");
        return command.Length <= Frame.Size
            && ControlMessage.TryParse(command, out ControlMessage message)
            && message.Argument == name;
    }

    /// <summary>True if the other servers read this command as it is. A command that they reject would make all later entries of this server void.</summary>
    public static bool CanCarry(LogCommand command) =>
        command.MaxSize <= MaxBytes / 2
        && command.Text.Length <= SharedListsCodec.MaxKey
        && TryDecode(Encode(new ServerEntry(0, 0, [command]))) is not null;

    /// <summary>True if a client can have this name.</summary>
    public static bool IsName(string name) => ParticipantName.TryParse(Encoding.UTF8.GetBytes(name), out string parsed) && parsed == name;

    private static void Write(ByteWriter bytes, LogCommand command)
    {
        bytes.Byte((byte)command.Kind);
        if (IsOfClient(command.Kind))
        {
            bytes.Int32(command.Client);
        }

        switch (command.Kind)
        {
            case CommandKind.Hello:
                bytes.Text(command.Text);
                break;
            case CommandKind.Beat:
                bytes.Int64(command.Number);
                bytes.Int64(command.Hash);
                break;
            case CommandKind.Gone:
                bytes.Int64(command.Number);
                break;
            case CommandKind.Arrive:
                bytes.Text(command.Text);
                bytes.Text(command.Place);
                Write(bytes, command.Peer);
                break;
            case CommandKind.Rank:
                Write(bytes, command.Peer);
                break;
            case CommandKind.Create:
            case CommandKind.Join:
            case CommandKind.Remove:
                bytes.Text(command.Place);
                break;
            case CommandKind.Say:
            case CommandKind.Announce:
                bytes.Bytes(command.Frames.Span);
                break;
            case CommandKind.Write:
                bytes.Text(command.Text);
                bytes.Bytes(command.Frames.Span);
                break;
            case CommandKind.RemoveEmpty:
                bytes.Text(command.Place);
                bytes.Int64(command.Number);
                break;
            case CommandKind.Kick:
                bytes.Text(command.Text);
                bytes.Byte(command.IsOfOperator ? (byte)1 : (byte)0);
                bytes.Bytes(command.Frames.Span);
                break;
            case CommandKind.Ban:
                bytes.Byte(command.IsOfOperator ? (byte)1 : (byte)0);
                SharedListsCodec.Write(bytes, command.Ban!);
                break;
            case CommandKind.Unban:
                bytes.Text(command.Text);
                bytes.Text(command.Place);
                bytes.Int64(command.Number);
                break;
            case CommandKind.Mute:
                bytes.Text(command.Text);
                bytes.Int64(command.Number);
                bytes.Int64(command.Until);
                break;
            case CommandKind.Unmute:
                bytes.Text(command.Text);
                bytes.Int64(command.Number);
                break;
        }
    }

    private static LogCommand? Read(ref ByteReader reader)
    {
        var kind = (CommandKind)reader.Byte();
        var command = new LogCommand(kind) { Client = IsOfClient(kind) ? reader.Int32() : 0 };
        LogCommand? read = kind switch
        {
            CommandKind.Hello => command with { Text = reader.Text(MaxSettings) },
            CommandKind.Beat => command with { Number = reader.Int64(), Hash = reader.Int64() },
            CommandKind.Gone => command with { Number = reader.Int64() },
            CommandKind.Arrive => IfNameIsValid(command with
            {
                Text = reader.Text(ParticipantName.MaxBytes),
                Place = reader.Text(MaxAddress),
                Peer = ReadPeer(ref reader),
            }),
            CommandKind.Rank => command with { Peer = ReadPeer(ref reader) },
            CommandKind.Create or CommandKind.Join or CommandKind.Remove => IfChannelIsValid(command with { Place = reader.Text(Frame.Size) }),
            CommandKind.Say or CommandKind.Announce => IfFramesAreValid(command with { Frames = reader.Bytes(MaxFrames) }),
            CommandKind.Write => IfFramesAreValid(command with { Text = reader.Text(Frame.Size), Frames = reader.Bytes(MaxFrames) }),
            CommandKind.RemoveEmpty => IfChannelIsValid(command with { Place = reader.Text(Frame.Size), Number = reader.Int64() }),
            CommandKind.Kick => IfFramesAreValid(command with
            {
                Text = reader.Text(SharedListsCodec.MaxKey),
                IsOfOperator = reader.Byte() != 0,
                Frames = reader.Bytes(Frame.Size),
            }),
            CommandKind.Ban => ReadBan(ref reader, command with { IsOfOperator = reader.Byte() != 0 }),
            CommandKind.Unban => command with
            {
                Text = reader.Text(SharedListsCodec.MaxKey),
                Place = reader.Text(SharedListsCodec.MaxNetwork),
                Number = reader.Int64(),
            },
            CommandKind.Mute => command with { Text = reader.Text(SharedListsCodec.MaxKey), Number = reader.Int64(), Until = reader.Int64() },
            CommandKind.Unmute => command with { Text = reader.Text(SharedListsCodec.MaxKey), Number = reader.Int64() },
            CommandKind.Bye or CommandKind.Leave or CommandKind.Depart or CommandKind.Nothing or CommandKind.ListsBrought => command,
            _ => null,
        };
        return reader.IsWrong ? null : read;
    }

    private static bool IsOfClient(CommandKind kind) => kind is CommandKind.Arrive or CommandKind.Create or CommandKind.Join
        or CommandKind.Say or CommandKind.Write or CommandKind.Leave or CommandKind.Depart
        or CommandKind.Rank;

    private static void Write(ByteWriter bytes, PeerInfo peer)
    {
        bytes.Text(peer.Address);
        bytes.Byte((byte)((peer.IsAuthenticated ? Marks.IsAuthenticated : 0) | (peer.IsModerator ? Marks.IsModerator : 0)));
    }

    private static PeerInfo ReadPeer(ref ByteReader reader)
    {
        string address = reader.Text(MaxAddress);
        var marks = (Marks)reader.Byte();
        return new PeerInfo(address, marks.HasFlag(Marks.IsAuthenticated), marks.HasFlag(Marks.IsModerator));
    }

    private static LogCommand? ReadBan(ref ByteReader reader, LogCommand command) =>
        SharedListsCodec.ReadBan(ref reader) is SharedBan ban ? command with { Ban = ban } : null;

    private static LogCommand? IfNameIsValid(LogCommand command) => IsName(command.Text) ? command : null;

    private static LogCommand? IfChannelIsValid(LogCommand command) => IsChannel(command.Place) ? command : null;

    private static LogCommand? IfFramesAreValid(LogCommand command) => EntryFrames.AreValid(command.Frames.Span) ? command : null;
}
