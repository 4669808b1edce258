namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>The ledger decides whether everything was correct, so it must find each fault.</summary>
[TestClass]
public sealed class MoveLedgerTests
{
    private static readonly Dictionary<string, Action<Scene>> Faults = new()
    {
        ["a message is lost to all"] = scene => scene.Everywhere(texts => texts.Remove("[A] first")),
        ["a message is lost to one"] = scene => scene.SeenByB.Remove("[A] first"),
        ["a message comes twice to all"] = scene => scene.Everywhere(texts => Double(texts, "[A] first")),
        ["a message comes twice to one"] = scene => Double(scene.SeenByB, "[A] first"),
        ["two messages of one are exchanged for all"] = scene => scene.Everywhere(texts => Exchange(texts, "[A] first", "[A] second")),
        ["one sees another order"] = scene => Exchange(scene.SeenByB, "[A] second", "[A] third"),
        ["one gets a message from before its time"] = scene => scene.SeenByB.Insert(0, "[A] early"),
        ["one gets a message after it has left"] = scene => scene.SeenByB.Add("[A] late"),
        ["one gets its own message"] = scene => scene.SeenByB.Insert(1, "[B] of B"),
        ["a joining is not told"] = scene => scene.Everywhere(texts => texts.Remove("B has joined")),
        ["a leaving is not told"] = scene => scene.Everywhere(texts => texts.Remove("B has left")),
        ["a leaving is told twice"] = scene => scene.Everywhere(texts => Double(texts, "B has left")),
        ["a message is of nobody"] = scene => scene.Order.Insert(3, "[C] who am I?"),
        ["a message has changed on its way"] = scene => scene.Order[scene.Order.IndexOf("[A] first")] = "[A] First",
    };

    public static IEnumerable<object[]> AllFaults => Faults.Keys.Select(fault => new object[] { fault });

    [TestMethod]
    public void A_right_ledger_reports_nothing()
    {
        var scene = new Scene(endsWell: true);

        Assert.AreEqual(scene.SeenByA.Count + scene.SeenByB.Count, scene.Check());
    }

    [TestMethod]
    [DynamicData(nameof(AllFaults))]
    public void The_ledger_reports(string fault)
    {
        var scene = new Scene(endsWell: true);

        Faults[fault](scene);

        Assert.ThrowsExactly<AssertFailedException>(() => scene.Check());
    }

    [TestMethod]
    public void The_last_messages_of_a_client_that_resets_may_be_lost()
    {
        var scene = new Scene(endsWell: false);

        scene.Everywhere(texts => texts.Remove("[B] of B"));

        scene.Check();
    }

    [TestMethod]
    public void A_client_that_resets_may_miss_the_last_messages()
    {
        var scene = new Scene(endsWell: false);

        scene.SeenByB.RemoveAt(scene.SeenByB.Count - 1);

        scene.Check();
    }

    [TestMethod]
    public void A_client_that_resets_has_no_gap_in_what_it_received()
    {
        var scene = new Scene(endsWell: false);

        scene.SeenByB.Remove("[A] first");

        Assert.ThrowsExactly<AssertFailedException>(() => scene.Check());
    }

    [TestMethod]
    [DataRow("B has left", DisplayName = "its leaving")]
    [DataRow("B has joined", DisplayName = "its joining, after which it was answered")]
    public void The_others_get_a_notice_about_a_client_that_resets(string notice)
    {
        var scene = new Scene(endsWell: false);

        scene.Everywhere(texts => texts.Remove(notice));

        Assert.ThrowsExactly<AssertFailedException>(() => scene.Check());
    }

    private static void Double(List<string> texts, string text)
    {
        int at = texts.IndexOf(text);
        if (at >= 0)
        {
            texts.Insert(at, text);
        }
    }

    private static void Exchange(List<string> texts, string one, string other)
    {
        int first = texts.IndexOf(one), second = texts.IndexOf(other);
        if (first >= 0 && second >= 0)
        {
            (texts[first], texts[second]) = (texts[second], texts[first]);
        }
    }

    /// <summary>A stays in "tea" and sends; B joins, sends, and leaves.</summary>
    /// <param name="endsWell">Whether B closes gracefully; else it resets, and its last answer was that to its join.</param>
    private sealed class Scene(bool endsWell)
    {
        public List<string> Order { get; } =
        [
            "A has joined", "[A] early", "B has joined", "[A] first", "[A] second", "[B] of B", "[A] third", "B has left",
            "[A] late", "A has left",
        ];

        public List<string> SeenByA { get; } = ["B has joined", "[B] of B", "B has left"];

        public List<string> SeenByB { get; } = ["[A] first", "[A] second", "[A] third"];

        /// <summary>Changes what everybody saw.</summary>
        public void Everywhere(Action<List<string>> change)
        {
            change(Order);
            change(SeenByA);
            change(SeenByB);
        }

        /// <summary>Has the ledger look at it: how many deliveries there were.</summary>
        public long Check()
        {
            var a = new Life("A");
            a.MovesTo("tea");
            foreach (string text in (string[])["early", "first", "second", "third", "late"])
            {
                a.Says(text);
            }

            a.Saw(SeenByA);
            a.Ends(well: true);

            var b = new Life("B");
            b.MovesTo("tea");
            b.IsCertain();
            b.Says("of B");
            b.Saw(SeenByB);
            b.Ends(endsWell);

            var ledger = new MoveLedger(new Dictionary<string, string[]> { ["tea"] = [.. Order] });
            ledger.Check([a, b], earlier: []);
            return ledger.Deliveries;
        }
    }
}
