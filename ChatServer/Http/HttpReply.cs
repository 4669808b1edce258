using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ThreadedChat.ChatServer.Machine;

namespace ThreadedChat.ChatServer.Http;

/// <summary>The answer to one request: one body, or a stream of pieces. After it the connection ends.</summary>
/// <param name="socket">The connection.</param>
/// <param name="pieceLimit">How long the other side may take for one piece.</param>
internal sealed class HttpReply(Socket socket, TimeSpan pieceLimit)
{
    /// <summary>
    /// Only files of this server are used, and nothing that stands in the page itself is run. A browser that knows trusted types also
    /// does not let a text become markup. The page may not be shown inside another one.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private const string Safety =
        $"Content-Security-Policy: {Policy}\r\n"
        + "X-Content-Type-Options: nosniff\r\n"
        + "X-Frame-Options: DENY\r\n"
        + "Referrer-Policy: no-referrer\r\n"
        + "Cross-Origin-Resource-Policy: same-origin\r\n"
        + "Cross-Origin-Opener-Policy: same-origin\r\n"
        + "Cache-Control: no-store\r\n"
        + "Connection: close\r\n\r\n";

    /// <summary>The answer to bytes that are not a valid request.</summary>
    public const string NoRequest = "This is not a request that this server answers.";

    /// <summary>Sends a whole answer.</summary>
    /// <exception cref="SocketException">The other side is gone or takes nothing.</exception>
    public void Send(int status, string type, ReadOnlySpan<byte> body)
    {
        string allow = status == 405 ? "Allow: GET\r\n" : "";
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} {Reason(status)}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n{allow}{Safety}");
        Write([.. Encoding.ASCII.GetBytes(head), .. body]);
    }

    /// <summary>Sends a line of text.</summary>
    public void SendText(int status, string line) => Send(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"{line}\n"));

    /// <summary>Begins an answer that has no length: <see cref="Write"/> sends its pieces, and the end of the connection ends it.</summary>
    public void BeginStream(string type) => Write(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n{Safety}"));

    /// <summary>Sends bytes, and waits until the kernel has all of them, at most for the limit of a piece.</summary>
    /// <exception cref="SocketException">The other side is gone, or did not take them in time.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!SocketCalls.SendAll(socket, bytes, pieceLimit))
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    /// <summary>Waits between two pieces.</summary>
    /// <exception cref="SocketException">The other side has closed, or has sent something.</exception>
    public void Wait(TimeSpan time)
    {
        if (socket.Poll(time, SelectMode.SelectRead))
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Status",
    };
}
