using System.Globalization;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>The parameters of a control sequence: numbers with <c>;</c> between them, each with further ones behind <c>:</c>.</summary>
internal readonly struct Parameters(string text)
{
    private const int Release = 3;

    private readonly string[] _fields = text.Split(';');

    /// <summary>True where a terminal tells that a key was let go, which it does where it was asked to.</summary>
    public bool IsRelease => Number(1, part: 1) == Release;

    /// <summary>The character that the key gives with Shift; 0 where it is not told.</summary>
    public int Shifted => Number(0, part: 1);

    /// <summary>A number; 0 where there is none.</summary>
    public int Number(int field) => Number(field, part: 0);

    private int Number(int field, int part)
    {
        string[] parts = field < _fields.Length ? _fields[field].Split(':') : [];
        return part < parts.Length && int.TryParse(parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : 0;
    }
}
