using System.Globalization;

namespace ThreadedChat.ChatServer.History;

/// <summary>One row of the history.</summary>
/// <param name="Channel">The name of the channel.</param>
/// <param name="At">When the channel took the message: milliseconds since 1970, UTC.</param>
/// <param name="Name">The person; empty for a gap.</param>
/// <param name="Text">The text; empty for a gap.</param>
/// <param name="Missing">For a gap, how many messages are missing; otherwise 0.</param>
internal readonly record struct StoredMessage(string Channel, long At, string Name, string Text, int Missing)
{
    /// <summary>A day before the last one that there is in .NET: a file may have any number.</summary>
    private static readonly long LastTime = DateTimeOffset.MaxValue.AddDays(-1).ToUnixTimeMilliseconds();

    /// <summary>What is shown in place of messages that could not be stored.</summary>
    public string GapText => Missing == 1
        ? "1 message is missing here"
        : string.Create(CultureInfo.InvariantCulture, $"{Missing} messages are missing here");

    /// <summary>The time in a time zone, as in <c>2026-11-25 12:04</c>.</summary>
    public string Time(TimeZoneInfo zone, string format) => TimeZoneInfo
        .ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(At, 0, LastTime)), zone)
        .ToString(format, CultureInfo.InvariantCulture);
}
