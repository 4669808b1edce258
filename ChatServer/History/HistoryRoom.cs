namespace ThreadedChat.ChatServer.History;

/// <summary>
/// The space for what waits to be written. Half of it is for all. In the other half each channel that needs it has a share that is smaller the
/// later it comes, so that all shares together fit, for any number of channels: a client that floods some channels cannot use up the space of the
/// others. Not thread-safe.
/// </summary>
/// <param name="maxBytes">Bytes of frames that there is space for.</param>
internal sealed class HistoryRoom(int maxBytes)
{
    /// <summary>A little more than the sum of 1/(n√n) over all n.</summary>
    private const double Shares = 2.62;

    private readonly int _half = maxBytes / 2;
    private long _round = 1;
    private int _sharers;

    /// <summary>Bytes that are taken.</summary>
    public int Bytes { get; private set; }

    /// <summary>True if a channel may take so many bytes more.</summary>
    public bool Fits(ChannelRecord channel, int bytes) => Fits(PartOf(channel), bytes);

    /// <summary>Takes bytes that fit.</summary>
    public void Take(ChannelRecord channel, int bytes)
    {
        RoomPart part = PartOf(channel);
        int number = part.Number == 0 && !FitsForAll(bytes) ? ++_sharers : part.Number;
        channel.Part = new RoomPart(_round, part.Bytes + bytes, number);
        Bytes += bytes;
    }

    /// <summary>All that was taken is free again.</summary>
    public void Clear()
    {
        _round++;
        _sharers = 0;
        Bytes = 0;
    }

    private bool Fits(RoomPart part, int bytes) =>
        FitsForAll(bytes) || part.Bytes + (long)bytes <= ShareOf(part.Number == 0 ? _sharers + 1 : part.Number);

    private bool FitsForAll(int bytes) => bytes <= _half - Bytes;

    /// <summary>What a channel may hold with the help of the second half, if it is the first, second, … that needs it.</summary>
    private double ShareOf(int number) => _half / (Shares * number * Math.Sqrt(number));

    private RoomPart PartOf(ChannelRecord channel) => channel.Part.Round == _round ? channel.Part : default;
}
