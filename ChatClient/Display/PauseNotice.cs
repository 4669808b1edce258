using System.Globalization;

namespace ThreadedChat.ChatClient.Display;

/// <summary>The text that explains a connection that was lost after a pause of this process.</summary>
internal static class PauseNotice
{
    public static string Of(TimeSpan pause) =>
        $"This client was stopped, or the computer slept, for {InWords(pause)}: the server did not wait and cut it off. "
        + "Messages may be missing.";

    private static string InWords(TimeSpan time) => time switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)Math.Round(time.TotalSeconds))} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h"),
    };
}
