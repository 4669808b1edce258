using System.Globalization;

namespace ThreadedChat.ChatClient.Display;

/// <summary>The time in front of each line, and the line between two days. For one thread at a time.</summary>
/// <param name="clock">Gives the local time.</param>
/// <param name="format">The format of the time.</param>
internal sealed class LineTime(TimeProvider clock, TimeFormat format)
{
    private DateTime? _day; // of the last line

    /// <summary>The time now, and the line that comes first if a day has begun since the last line; else null.</summary>
    public string Next(out string? day)
    {
        DateTimeOffset now = clock.GetLocalNow();
        day = _day is { } before && before != now.Date
            ? now.ToString("'-- 'dddd, yyyy-MM-dd' --'", CultureInfo.InvariantCulture)
            : null;
        _day = now.Date;
        return format.Format(now);
    }
}
