using System.Text;
using ThreadedChat.Common;

namespace ThreadedChat.ChatCheck.Wire;

/// <summary>One whole message off the wire: <see cref="FrameFormat.Size"/> bytes that may be anything.</summary>
internal sealed class ReceivedFrame(byte[] bytes)
{
    private const int BlanksOfWipe = 4;

    private string? _text;

    public byte[] Bytes { get; } = bytes;

    /// <summary>The text up to the padding, as it is.</summary>
    public string ExactText => Encoding.UTF8.GetString(Bytes).TrimEnd(' ');

    /// <summary>
    /// The text without what implementations put around it where the assignment is open: the client's wipe in front
    /// (<c>\r</c>, four blanks, perhaps another <c>\r</c>), whitespace behind; and without zeros
    /// behind it, because what a message is padded with is a matter of its own.
    /// </summary>
    public string Text => _text ??= WithoutWipe(Encoding.UTF8.GetString(Bytes).TrimEnd(' ', '\n', '\r', '\t', '\0'));

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsBlank => Text.Length == 0;

    /// <summary>The message for people.</summary>
    public string Shown => VisibleText.ShowPadded(Bytes);

    /// <summary><paramref name="text"/> without the client's wipe in front.</summary>
    public static string WithoutWipe(string text)
    {
        if (!text.StartsWith('\r'))
        {
            return text;
        }

        int start = 1;
        while (start < text.Length && start <= BlanksOfWipe && text[start] == ' ')
        {
            start++;
        }

        return text[start..].TrimStart('\r');
    }
}
