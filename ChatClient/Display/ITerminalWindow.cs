namespace ThreadedChat.ChatClient.Display;

/// <summary>The reactions to the system's signals of a terminal on which a line is edited. Any of these may be called from any thread.</summary>
internal interface ITerminalWindow
{
    /// <summary>The window may have another size now.</summary>
    void Resize();

    /// <summary>Leaves the terminal to the shell, if there is one, and stops the process until it is continued.</summary>
    void Suspend();

    /// <summary>The process was continued, after <see cref="Suspend"/> or after a stop from outside.</summary>
    void Continue();
}
