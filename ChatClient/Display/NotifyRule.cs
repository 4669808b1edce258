namespace ThreadedChat.ChatClient.Display;

/// <summary>How the terminal is asked to notify the user of a mention: the values of <c>--notify</c>.</summary>
internal enum NotifyRule
{
    /// <summary>Not at all.</summary>
    Off,

    /// <summary>OSC 9: iTerm2, WezTerm, Ghostty, Windows Terminal and others.</summary>
    Osc9,

    /// <summary>OSC 777: rxvt-unicode, foot, VTE and others.</summary>
    Osc777,

    /// <summary>OSC 99: kitty.</summary>
    Osc99,
}
