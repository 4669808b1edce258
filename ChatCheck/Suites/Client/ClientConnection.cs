using System.Net.Sockets;
using ThreadedChat.ChatCheck.Wire;

namespace ThreadedChat.ChatCheck.Suites.Client;

/// <summary>The connection of a client at a terminal: it may send a fence, <c>/join</c> without an argument, on its own (docs/protocol.md, section 5).</summary>
internal sealed class ClientConnection(Socket socket, Transcript transcript, CaseClock clock)
    : FrameConnection(Findings.ServerOfChecker, socket, transcript, clock)
{
    private const string Fence = "/join";

    /// <inheritdoc/>
    protected override bool IsExtra(ReceivedFrame frame, string? expected) => frame.Text == Fence && expected != Fence;
}
