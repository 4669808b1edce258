namespace ThreadedChat.ChatClient.Input;

/// <summary>Waits for input, and meanwhile does what is due.</summary>
/// <param name="hasInput">Waits for input for at most the given time.</param>
/// <param name="whileIdle">Called before each wait. Returns how long to wait at most until the next call; null for no limit.</param>
internal sealed class IdleWait(Func<TimeSpan, bool> hasInput, Func<TimeSpan?> whileIdle)
{
    /// <summary>Returns when there is input, or when nothing more is due: then the next read waits.</summary>
    public void AwaitInput()
    {
        while (whileIdle() is { } wait && !hasInput(wait))
        {
            // What is due comes first, then the next wait.
        }
    }
}
