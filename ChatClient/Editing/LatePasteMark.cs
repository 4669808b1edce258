using System.Text;
using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// Recognises the start of a paste whose ESC came long before the rest and was taken for the Esc key. Otherwise each pasted line
/// would be sent at once.
/// </summary>
internal sealed class LatePasteMark
{
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes(EscapeSequences.PasteStartAfterEscape);

    /// <summary>How many bytes of the mark have followed the ESC.</summary>
    public int Count { get; private set; }

    public bool IsWhole => Count == Mark.Length;

    /// <summary>The bytes so far, which are typed text if they do not become the mark.</summary>
    public ReadOnlySpan<byte> Typed => Mark.AsSpan(0, Count);

    public void Begin() => Count = 0;

    /// <summary>Adds a byte. False if it does not belong to the mark.</summary>
    public bool TryAdd(byte value)
    {
        if (value != Mark[Count])
        {
            return false;
        }

        Count++;
        return true;
    }
}
