using System.Globalization;
using System.Text.RegularExpressions;
using ThreadedChat.Common;

namespace ThreadedChat.ChatClient.Decode;

/// <summary>
/// Reads a trace (docs/trace.md). Lines that are not of a trace, those of a log for example, are left out. A trace may begin in the
/// middle: each call says up to which frame it has come.
/// </summary>
internal sealed partial class TraceFile
{
    private readonly List<TracedCall> _calls = [];
    private readonly List<TracedPeer> _peers = [];
    private readonly Dictionary<string, TracedPeer> _current = [];

    private TraceFile()
    {
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<TracedCall> Calls => _calls;

    /// <summary>In the order in which they appear.</summary>
    public IReadOnlyList<TracedPeer> Peers => _peers;

    /// <summary>True if the peer is the server: then a client has written the trace.</summary>
    public bool IsOfClient => _peers.Any(peer => peer.Id == "server");

    /// <summary>Reads the lines; null if none of them is a call.</summary>
    public static TraceFile? TryRead(IEnumerable<string> lines)
    {
        var trace = new TraceFile();
        foreach (string line in lines)
        {
            if (CallLine().Match(line) is { Success: true } call)
            {
                trace.AddCall(call);
            }
            else if (FrameLine().Match(line) is { Success: true } frame)
            {
                trace.AddFrame(frame);
            }
        }

        return trace.Calls.Count == 0 ? null : trace;
    }

    private void AddCall(Match line)
    {
        if (!TimeSpan.TryParseExact(line.Groups["time"].ValueSpan, @"hh\:mm\:ss\.ffffff", CultureInfo.InvariantCulture, out TimeSpan time))
        {
            return;
        }

        string words = line.Groups["what"].Value;
        TracedPeer peer = Find(line.Groups["id"].Value, line.Groups["peer"].Value, words == "connected");
        if (line.Groups["name"].Success)
        {
            peer.Name = line.Groups["name"].Value;
        }

        CallKind kind = KindOf(words);
        int count = Number(line, "count");
        var call = new TracedCall(time, peer, kind, words) { Count = count, Offered = Math.Max(count, Number(line, "offered")) };
        if (kind is CallKind.Receive or CallKind.Send && count > 0)
        {
            long end = EndOf(words) ?? (call.Stream.End + count);
            call = call with { Start = call.Stream.Add(count, Math.Max(end, count)) };
        }

        _calls.Add(call);
    }

    private void AddFrame(Match line)
    {
        if (!_current.TryGetValue(line.Groups["id"].Value, out TracedPeer? peer))
        {
            return;
        }

        int text = Number(line, "text");
        int size = line.Groups["torn"].Success ? Number(line, "torn") : text + Number(line, "padding");
        string shown = line.Groups["shown"].Value;
        if (text <= size && size <= Frame.Size && long.TryParse(line.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out long number))
        {
            (line.Groups["way"].Value == "recv" ? peer.Received : peer.Sent).Show(number, new TracedFrame(shown, text, size, ShownText.ToBytes(shown, text)));
        }
    }

    /// <summary>A server that was started again counts its connections from 1 again: a known number with another address is another peer.</summary>
    private TracedPeer Find(string id, string address, bool begins)
    {
        if (!_current.TryGetValue(id, out TracedPeer? peer) || peer.Address != address || begins)
        {
            peer = new TracedPeer(id, address);
            _current[id] = peer;
            _peers.Add(peer);
        }

        return peer;
    }

    private static CallKind KindOf(string words) => words switch
    {
        "connected" => CallKind.Connected,
        _ when words.StartsWith("cut off", StringComparison.Ordinal) => CallKind.CutOff,
        _ when words.StartsWith("closed", StringComparison.Ordinal) => CallKind.Closed,
        _ when words.Contains(" failed ", StringComparison.Ordinal) => CallKind.Lost,
        _ when words.Contains("the peer takes nothing", StringComparison.Ordinal) => CallKind.Blocked,
        _ when words.Contains("end of stream", StringComparison.Ordinal) => words[0] == 'r' ? CallKind.EndOfReceive : CallKind.EndOfSend,
        _ => words[0] == 'r' ? CallKind.Receive : CallKind.Send,
    };

    /// <summary>The offset in the stream after a call, from what the call says of the frames; null if it says nothing.</summary>
    private static long? EndOf(string words)
    {
        Match progress = Progress().Match(words);
        return progress.Groups["next"].Success && long.TryParse(progress.Groups["next"].ValueSpan, CultureInfo.InvariantCulture, out long next)
            ? ((next - 1) * Frame.Size) + Number(progress, "done")
            : progress.Groups["last"].Success && long.TryParse(progress.Groups["last"].ValueSpan, CultureInfo.InvariantCulture, out long last)
            ? last * Frame.Size
            : null;
    }

    private static int Number(Match match, string group) =>
        int.TryParse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture, out int number) ? number : 0;

    // The name may have any text in it; what follows it has no bracket, so the last bracket ends it.
    [GeneratedRegex(@"^(?<time>\d\d:\d\d:\d\d\.\d{6}) (?<id>#\d{1,19}|server) (?<peer>\S+)(?: \[(?<name>.*)\])? (?<what>connected|(?:recv|send) +(?<count>\d{1,9})(?: of (?<offered>\d{1,9}))? bytes   [^\]]*|(?:recv|send) failed [^\]]*|(?:cut off|closed): \w+)$")]
    private static partial Regex CallLine();

    [GeneratedRegex(@"^ *(?<id>#\d{1,19}|server) (?<way>recv|send) frame (?<number>\d{1,15}): ""(?<shown>.*)""  (?<text>\d{1,3}) bytes \+ (?<padding>\d{1,3}) padding(?:; (?<torn>\d{1,3}) of 200 bytes: torn)?$")]
    private static partial Regex FrameLine();

    [GeneratedRegex(@"(?:frames? (?:\d+ to )?(?<last>\d{1,15}) whole)?(?:(?:; )?frame (?<next>\d{1,15}): (?<done>\d{1,3}) of 200)?(?:, waiting for \d+)?$")]
    private static partial Regex Progress();
}
