using System.Buffers.Binary;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// The system's database of terminals, in the format of term(5). Only the number of colours is read.
/// </summary>
internal static class Terminfo
{
    private const int HeaderSize = 12;
    private const short Magic = 0x11A; // numbers of 2 bytes
    private const short MagicOfWideNumbers = 0x21E; // numbers of 4 bytes
    private const int MaxColours = 13; // the index of max_colors among the numbers
    private const int LargestEntry = 64 * 1024;

    /// <summary>The number of colours of the terminal <paramref name="term"/>, or null if the database does not have it.</summary>
    public static int? Colours(string term) => Colours(term, Folders(Environment.GetEnvironmentVariable));

    /// <inheritdoc cref="Colours(string)"/>
    public static int? Colours(string term, IEnumerable<string> folders)
    {
        if (term.Length == 0 || term.AsSpan().ContainsAny('/', '\0') || term.StartsWith('.'))
        {
            return null;
        }

        // macOS names the folder by the code of the letter.
        return folders
            .SelectMany(folder => new[] { Path.Combine(folder, term[..1], term), Path.Combine(folder, $"{(int)term[0]:x2}", term) })
            .Select(TryRead)
            .Select(entry => entry is null ? null : Colours(entry))
            .FirstOrDefault(colours => colours is not null);
    }

    /// <summary>The folders in the order in which the system's own programs search them.</summary>
    public static IEnumerable<string> Folders(Func<string, string?> variable)
    {
        string? home = variable("HOME");
        IEnumerable<string?> folders =
        [
            variable("TERMINFO"),
            string.IsNullOrEmpty(home) ? null : Path.Combine(home, ".terminfo"),
            .. (variable("TERMINFO_DIRS") ?? "").Split(':'),
            "/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo", "/usr/local/share/terminfo",
        ];
        return folders.OfType<string>().Where(folder => folder.Length > 0);
    }

    private static int? Colours(byte[] entry)
    {
        short magic = entry.Length < HeaderSize ? (short)0 : Number16(entry, 0);
        int width = magic switch { Magic => 2, MagicOfWideNumbers => 4, _ => 0 };
        if (width == 0)
        {
            return null;
        }

        // After the header: the names, then one byte for each flag. The numbers begin at an even offset.
        int numbers = HeaderSize + Number16(entry, 2) + Number16(entry, 4);
        numbers += numbers % 2;
        int place = numbers + (MaxColours * width);
        if (Number16(entry, 6) <= MaxColours)
        {
            return 0;
        }

        if (place < HeaderSize || place + width > entry.Length)
        {
            return null;
        }

        int colours = width == 2 ? Number16(entry, place) : BinaryPrimitives.ReadInt32LittleEndian(entry.AsSpan(place));
        return Math.Max(0, colours); // negative if the entry has no such number
    }

    private static short Number16(byte[] entry, int place) => BinaryPrimitives.ReadInt16LittleEndian(entry.AsSpan(place));

    private static byte[]? TryRead(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            var entry = new byte[LargestEntry];
            return entry[..stream.ReadAtLeast(entry, LargestEntry, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null; // most folders do not have the file
        }
    }
}
