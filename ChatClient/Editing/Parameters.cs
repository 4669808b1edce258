using System.Globalization;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>The parameters of a control sequence: numbers separated by <c>;</c>, each with optional parts after <c>:</c>.</summary>
internal readonly struct Parameters(string text)
{
    private const int Release = 3;

    private readonly string[] _fields = text.Split(';');

    /// <summary>True if the sequence reports the release of a key.</summary>
    public bool IsRelease => Number(1, part: 1) == Release;

    /// <summary>The character of the key with Shift; 0 if absent.</summary>
    public int Shifted => Number(0, part: 1);

    /// <summary>The number of a field; 0 if absent.</summary>
    public int Number(int field) => Number(field, part: 0);

    private int Number(int field, int part)
    {
        string[] parts = field < _fields.Length ? _fields[field].Split(':') : [];
        return part < parts.Length && int.TryParse(parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : 0;
    }
}
