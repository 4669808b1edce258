namespace ThreadedChat.ChatCheck.Terminals;

/// <summary>A control sequence of ECMA-48: <c>CSI ? 25 h</c> has the prefix <c>?</c>, one parameter and the final <c>h</c>.</summary>
/// <param name="Prefix">One of <c>&lt; = &gt; ?</c>; <c>\0</c> if there is none.</param>
/// <param name="Parameters">Their values; 0 if one is left out.</param>
/// <param name="Intermediate">The last character between parameters and final; <c>\0</c> if there is none.</param>
/// <param name="Final">The function.</param>
internal sealed record ControlSequence(char Prefix, IReadOnlyList<int> Parameters, char Intermediate, char Final)
{
    /// <summary>The value of a parameter; 0 if it is missing.</summary>
    public int Value(int index) => index < Parameters.Count ? Parameters[index] : 0;

    /// <summary>The value of a parameter that is a count: 1 if it is missing or 0.</summary>
    public int Count(int index = 0) => Math.Max(Value(index), 1);
}
