namespace ThreadedChat.ChatCheck.Suites;

/// <summary>
/// Which cases always fail if another one fails, because they use what the other one checks. Such a failure says nothing about
/// the rule of the case itself.
/// </summary>
internal static class CaseNeeds
{
    /// <summary>The cases about the length of messages: with any other length nearly every case fails.</summary>
    public static readonly IReadOnlyList<string> OfLength = ["S-FRAME-01", "C-SEND-03"];

    // Cases, and those that need them. A case may be in several rows: the report names the first of its needs that has failed.
    private static readonly (string Needed, string By)[] Rows =
    [
        // A channel whose members receive the messages of another member.
        ("S-NAME-01", "S-MSG-01"),
        (
            "S-NAME-01 S-MSG-01",
            "S-MSG-07 S-MSG-08 S-MSG-09 S-MSG-10 S-MSG-12 S-MSG-13 S-MSG-14 S-MSG-15 S-MSG-16 S-CREATE-07 S-JOIN-06 S-JOIN-09 S-CTRL-02 "
            + "S-FRAME-02 S-FRAME-05 S-FRAME-09 S-NET-01 S-NET-02 S-NET-03 S-NET-04 S-NET-05 S-NET-06 S-NET-07 S-NET-08 S-NET-09 S-NET-10 "
            + "S-LEFT-04 S-LEFT-06 S-LEFT-07 S-LEFT-08"),
        ("S-MSG-03", "S-MSG-04 S-CREATE-04 S-JOIN-05 S-JOIN-06"),
        ("S-MSG-08", "S-NET-05 S-NET-08"),
        ("S-NET-08", "S-NET-09"),

        // The list, and the messages about members that come and go.
        ("S-LIST-02", "S-LIST-03 S-LIST-04 S-LIST-05 S-LIST-06 S-LIST-07"),
        ("S-JOIN-01", "S-NAME-05 S-CREATE-09 S-JOIN-10 S-LEFT-07 S-FRAME-03 S-FRAME-04 S-FRAME-06 S-NET-10"),
        ("S-LEFT-01", "S-LEFT-02 S-LEFT-03 S-LEFT-04 S-LEFT-05 S-LEFT-07 S-NET-10"),

        // Messages that are put together again: a server that takes each receive for one message fails with pieces first.
        ("S-FRAME-02", "S-FRAME-03 S-FRAME-04 S-FRAME-05 S-FRAME-07 S-FRAME-08 S-FRAME-09 S-FRAME-10 S-NET-03"),
        ("S-FRAME-05", "S-FRAME-06 S-FRAME-07 S-FRAME-11 S-MSG-08 S-MSG-10 S-NET-05 S-NET-08"),
        ("S-FRAME-08", "S-FRAME-09 S-FRAME-10 S-NET-03"),
        ("S-FRAME-09", "S-NET-03"),

        // A server that serves many clients, and keeps running when one leaves.
        ("S-NET-01", "S-NET-02 S-NET-03"),
        ("S-NET-02", "S-NET-03"),
        ("S-LEFT-04", "S-NET-04 S-NET-05"),
        ("S-LEFT-06", "S-NET-04"),

        // A client that sends what is typed.
        ("C-SEND-01", "C-SEND-03"),
        ("C-SEND-02", "C-SEND-04 C-SEND-05 C-SEND-06 C-SEND-07 C-SEND-08 C-SEND-09 C-SEND-10 C-SEND-11 C-SEND-12 C-SHOW-07"),
        ("C-SEND-05", "C-SEND-04 C-SEND-06 C-SEND-07 C-SEND-10 C-SHOW-07"),

        // A client that shows a message on a line of its own, and puts messages together again.
        ("C-SHOW-04", "C-SHOW-05 C-SHOW-06 C-SHOW-07 C-SHOW-08 C-SHOW-09 C-SHOW-10 C-SHOW-11 C-SHOW-12 C-SHOW-13 C-SHOW-17 C-END-07"),
        ("C-SHOW-07", "C-SHOW-08 C-SHOW-09 C-SHOW-11 C-END-06"),
        ("C-SHOW-08", "C-SHOW-09 C-SHOW-11"),

        // A client that reports the end of the server.
        ("C-END-01", "C-END-05 C-END-06 C-END-07 C-END-08 C-END-09"),
        ("C-END-03", "C-END-10"),

        // Part 0: a server that prints, one client after the other and all that comes; a client that sends.
        ("BS-01", "BS-02 BS-03 BS-04 BS-05 BS-06 BS-07"),
        ("BS-02", "BS-03 BS-06"),
        ("BS-04", "BS-05"),
        ("BC-01", "BC-03 BC-04"),
    ];

    // The same if nothing was received in the case that is needed: then the program does not do what the other case is about.
    private static readonly (string Needed, string By)[] RowsOfSilence =
    [
        ("S-CREATE-01", "S-NAME-01 S-MSG-01 S-MSG-05 S-JOIN-01 S-LEFT-01 S-CREATE-03 S-JOIN-04"),
        ("S-MSG-01", "S-MSG-03 S-MSG-04"),
        ("S-CTRL-01", "S-CTRL-02"),
        ("C-SHOW-01", "C-SHOW-02 C-SHOW-03 C-SHOW-04 C-END-01 C-END-03"),
        ("C-SHOW-04", "C-SHOW-03 C-END-01 C-END-02"),
    ];

    // The same if in both cases a client got a message that it must not get: one function sends messages and notices, and
    // chooses the wrong receivers.
    private static readonly (string Needed, string By)[] RowsOfReceivers =
    [
        ("S-MSG-03", "S-JOIN-03 S-LEFT-02 S-LEFT-06"),
        ("S-JOIN-03", "S-LEFT-02 S-LEFT-06"),
        ("S-MSG-02", "S-JOIN-02"),
    ];

    private static readonly Dictionary<string, string[]> Needs = Group(Rows);

    private static readonly Dictionary<string, string[]> NeedsOfSilence = Group(RowsOfSilence);

    private static readonly Dictionary<string, string[]> NeedsOfReceivers = Group(RowsOfReceivers);

    /// <summary>All cases that are named here.</summary>
    public static IEnumerable<string> Named => Rows.Concat(RowsOfSilence).Concat(RowsOfReceivers).SelectMany(row => Words(row.Needed).Concat(Words(row.By))).Concat(OfLength).Distinct();

    /// <summary>The needs of a case.</summary>
    public static IReadOnlyList<string> Of(string id) => Needs.GetValueOrDefault(id, []);

    /// <summary>The needs of a case in which nothing was received.</summary>
    public static IReadOnlyList<string> OfSilence(string id) => NeedsOfSilence.GetValueOrDefault(id, []);

    /// <summary>The needs of a case, if in those and in the case itself a message came to the wrong client.</summary>
    public static IReadOnlyList<string> OfReceivers(string id) => NeedsOfReceivers.GetValueOrDefault(id, []);

    private static Dictionary<string, string[]> Group((string Needed, string By)[] rows) => rows
        .SelectMany(row => Words(row.By).Select(id => (Id: id, Needed: Words(row.Needed))))
        .GroupBy(pair => pair.Id)
        .ToDictionary(group => group.Key, group => group.SelectMany(pair => pair.Needed).Distinct().ToArray(), StringComparer.Ordinal);

    private static string[] Words(string text) => text.Split(' ');
}
