using ThreadedChat.ChatGrade.Reports;
using ThreadedChat.ChatGrade.Results;
using ThreadedChat.ChatGrade.Settings;
using ThreadedChat.ChatServer.Tests.Grade;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>The reports of a class in a real browser.</summary>
[TestClass]
public sealed class GradePageTests
{
    private const string Widest = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private static readonly string Long = string.Concat(Enumerable.Repeat("long_name", 20));

    private static readonly ClassSettings Settings = new();

    /// <summary>Guards the browser, which is one for all tests: held for a whole test.</summary>
    private static readonly Lock Gate = new();

    private static Browser? _browser;

    [ClassCleanup]
    public static void CloseBrowser() => _browser?.Dispose();

    [TestMethod]
    public void A_click_on_a_heading_sorts_the_class_and_shows_the_direction() => InBrowser(1400, browser =>
    {
        using var folder = new ClassFolder();
        PartResult good = Rows.Checked(Rows.Row("S-MSG-01", "passed"), Rows.Row("S-MSG-02", "passed"));
        PartResult bad = Rows.Checked(Rows.Row("S-MSG-01", "failed"), Rows.Row("S-MSG-02", "passed"));
        PartResult uncertain = PartResult.Without("server", PartState.NotFound, "why");
        browser.Open(Put(folder, new ClassPage(Rows.Class(Settings, ("ana 10", bad), ("ana 9", good), ("bob", uncertain)), name => name).Format()));

        Assert.AreEqual("ana 10, ana 9, bob", Order(browser));
        browser.Click("th:nth-child(1) button");
        Assert.AreEqual("ana 9, ana 10, bob", Order(browser), "Numbers in names count as numbers.");
        browser.Click("th:nth-child(3) button");
        Assert.AreEqual("bob, ana 10, ana 9", Order(browser), "Points that are not certain are the fewest.");
        Assert.AreEqual(" \u2191", Arrow(browser, 3));
        browser.Click("th:nth-child(3) button");
        Assert.AreEqual("ana 9, ana 10, bob", Order(browser));
        Assert.AreEqual(" \u2193", Arrow(browser, 3));
        Assert.AreEqual(" \u2195", Arrow(browser, 1));
    });

    [TestMethod]
    public void A_bar_is_as_long_as_the_share_of_the_class() => InBrowser(1400, browser =>
    {
        using var folder = new ClassFolder();
        CaseRow[] all = [Rows.Row("S-MSG-01", "failed"), Rows.Row("S-MSG-02", "failed", "robust")];
        browser.Open(Put(folder, new ClassPage(
            Rows.Class(Settings, ("ana", Rows.Checked(all)), ("bob", Rows.Checked(all[0], Rows.Row("S-MSG-02", "passed", "robust")))), name => name).Format()));

        Assert.AreEqual("2", browser.Ask("document.querySelectorAll('.bars i').length"));
        Assert.AreEqual("0.5", browser.Ask("(bars => bars[1].offsetWidth / bars[0].offsetWidth)([...document.querySelectorAll('.bars i')]).toFixed(1)"));
        Assert.AreEqual("2 / 2 · required, 1 / 2 · robust", browser.Ask("[...document.querySelectorAll('.bars div')].map(bar => bar.textContent).join(', ')"));
    });

    [TestMethod]
    [DataRow(1400)]
    [DataRow(360)]
    public void Long_names_and_texts_do_not_make_a_page_wider_than_the_window(int width) => InBrowser(width, browser =>
    {
        using var folder = new ClassFolder();
        PartResult part = Rows.Checked(Rows.Row("S-MSG-01", "failed", came: Long), Rows.Row("S-NET-06", "failed", follows: "S-MSG-01") with { Rule = Long, What = Long });
        ClassScore all = Rows.Class(Settings, (Long, part), ("ana", PartResult.Without("client", PartState.NotStarted, Long)));

        foreach (string page in (string[])[new ClassPage(all, name => name).Format(), .. all.Submissions.Select(one => new SubmissionPage(one, all).Format())])
        {
            browser.Open(Put(folder, page));
            Assert.AreEqual("0", browser.Ask(Widest));
        }
    });

    private static void InBrowser(int width, Action<Browser> test)
    {
        lock (Gate)
        {
            _browser ??= new Browser();
            _browser.Resize(width);
            test(_browser);
        }
    }

    private static string Put(ClassFolder folder, string page)
    {
        string file = Path.Combine(folder.Path, "page.html");
        File.WriteAllText(file, page);
        return new Uri(file).AbsoluteUri;
    }

    private static string Order(Browser browser) => browser.Ask("[...document.querySelectorAll('tbody')[0].rows].map(row => row.cells[0].textContent).join(', ')");

    private static string Arrow(Browser browser, int column) =>
        browser.Ask($"getComputedStyle(document.querySelector('th:nth-child({column}) button'), '::after').content.slice(1, -1)");
}
