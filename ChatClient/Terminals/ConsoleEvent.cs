using System.Runtime.InteropServices;

namespace ThreadedChat.ChatClient.Terminals;

/// <summary>
/// An input event of a console of Windows: an INPUT_RECORD of <c>wincon.h</c>. Only the fields of a key are named; the other kinds
/// are as large or smaller.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 20)]
internal struct ConsoleEvent
{
    /// <summary>The <see cref="Kind"/> of a key that is pressed or released.</summary>
    public const short KeyKind = 1; // KEY_EVENT

    [FieldOffset(0)]
    public short Kind;

    /// <summary>0 if the key is released.</summary>
    [FieldOffset(4)]
    public int IsDown;

    /// <summary>How often the key was pressed since the last event.</summary>
    [FieldOffset(8)]
    public short Repeats;

    /// <summary>The number of the key; 0 for a character of an escape sequence, and for pasted text in some consoles.</summary>
    [FieldOffset(10)]
    public short Key;

    /// <summary>In UTF-16; 0 if the key has no character.</summary>
    [FieldOffset(14)]
    public ushort Character;

    /// <summary>Alt, Ctrl and Shift.</summary>
    [FieldOffset(16)]
    public uint Modifiers;
}
