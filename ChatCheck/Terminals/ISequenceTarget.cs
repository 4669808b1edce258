using System.Text;

namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>Gets the results of <see cref="SequenceParser"/>.</summary>
internal interface ISequenceTarget
{
    /// <summary>A character of the text.</summary>
    void Print(Rune rune);

    /// <summary>A control character (C0).</summary>
    void Control(char control);

    /// <summary>An escape sequence without parameters: <c>ESC ( 0</c> has the intermediate <c>(</c> and the final <c>0</c>.</summary>
    void Escape(char intermediate, char final);

    /// <summary>A control sequence (CSI).</summary>
    void Sequence(ControlSequence sequence);
}
