using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using NATS.Client.Core;
using NATS.Client.JetStream;
using ThreadedChat.ChatServer.Cluster;

namespace ThreadedChat.ChatServer.Nats;

/// <summary>Calls of the client of NATS, which is asynchronous: here a thread of the server waits for each, and each failure has one form.</summary>
internal static class NatsCalls
{
    /// <summary>The time limit of one call.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private const int NotFound = 404;

    /// <summary>Waits for the answer to a call.</summary>
    /// <param name="call">The call; it ends with its token.</param>
    /// <param name="end">Ends the call.</param>
    /// <exception cref="EngineException">The engine does not answer, or rejects the call.</exception>
    public static T Await<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(Limit);
        try
        {
            return call(limit.Token).AsTask().WaitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (NatsJSApiException e)
        {
            throw new EngineException($"the engine says: {e.Error.Description}", isLogMissing: e.Error.Code == NotFound);
        }
        catch (Exception e) when (IsOfEngine(e))
        {
            throw new EngineException(e is OperationCanceledException ? "the engine does not answer" : Explain(e));
        }
    }

    /// <summary>True if the cause is the engine, the network or the end of the connection, and not a mistake of the server.</summary>
    public static bool IsOfEngine(Exception e) =>
        e is NatsException or OperationCanceledException or TimeoutException or SocketException or IOException or ObjectDisposedException
            or InvalidOperationException or AuthenticationException or CryptographicException
        || (e is AggregateException { InnerException: Exception inner } && IsOfEngine(inner));

    /// <summary>The reason, for a person.</summary>
    public static string Explain(Exception e) => e.InnerException is Exception inner ? Explain(inner) : e.Message;
}
