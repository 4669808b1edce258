namespace ThreadedChat.ChatServer.Sending;

/// <summary>A client in the line of <see cref="WorkTurns"/>.</summary>
internal interface IWorker
{
    /// <summary>Lets the client work from now on. Called by any thread.</summary>
    void GrantWork();
}
