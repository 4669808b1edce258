namespace ThreadedChat.ChatServer.Http;

/// <summary>What must hold so that the server takes new clients. Each part adds its own condition, in one line, before the server starts.</summary>
internal sealed class ReadyChecks
{
    private readonly List<(string Problem, Func<bool> Holds)> _checks = [];

    /// <summary>Adds a condition.</summary>
    /// <param name="problem">The problem if the condition is false, in a few words: "stopping".</param>
    /// <param name="holds">Any thread may call it, and it does not wait.</param>
    public void Require(string problem, Func<bool> holds) => _checks.Add((problem, holds));

    /// <summary>The problems; empty if the server is ready.</summary>
    public IReadOnlyList<string> Problems => [.. _checks.Where(check => !check.Holds()).Select(check => check.Problem)];
}
