namespace ThreadedChat.ChatCheck.Suites;

/// <summary>Which program a play of a case is given.</summary>
internal enum ProgramUse
{
    /// <summary>Any: one that other cases have used will do.</summary>
    Any,

    /// <summary>A fixture of its own if a start is quick.</summary>
    OwnIfQuick,

    /// <summary>One of its own, if that can be had.</summary>
    Own,
}
