using System.Net;
using OpenQA.Selenium;
using ThreadedChat.ChatServer.Sending;
using ThreadedChat.ChatServer.Tests.Support;
using ThreadedChat.Common.Tracing;

namespace ThreadedChat.ChatServer.Tests.EndToEnd;

/// <summary>docs/live.md: what a person sees in a real browser. One browser for all, and one test at a time in it.</summary>
[TestClass]
public sealed class LivePageTests
{
    private const string Hostile = "<img/src=x/onerror=document.title='owned'>";

    /// <summary>The most deliveries in a second that the curve shows.</summary>
    private const string TopOfCurve = "Number(document.querySelector('#curve-most').textContent.replace(/[^0-9]/g, ''))";

    /// <summary>Texts that one language lacks, or that are of another kind there.</summary>
    private const string MissingTexts =
        """
        import('/texts.js').then(module => {
          const list = texts => Object.entries(texts).flatMap(([name, text]) => Array.isArray(text) ? `${name} ${text.length}`
            : typeof text === 'object' ? list(text).map(inner => `${name}.${inner}`) : text === '' ? [] : `${name} ${typeof text}`);
          const [english, portuguese] = ['en', 'pt-BR'].map(language => new Set(list(module.textsOf(language))));
          return [...english.symmetricDifference(portuguese)].join();
        })
        """;

    private static readonly ServerOptions WithHttp = new() { Http = new IPEndPoint(IPAddress.Loopback, 0) };

    /// <summary>Guards the browser: held for a whole test.</summary>
    private static readonly Lock Gate = new();

    private static Browser? _browser;

    [ClassCleanup]
    public static void CloseBrowser() => _browser?.Dispose();

    [TestMethod]
    public void It_shows_channels_members_and_counts_and_follows_them() => InBrowser(browser =>
    {
        using var server = new TestServer(WithHttp with { Channels = ["lobby"], NameTimeout = TimeSpan.FromHours(1), FrameTimeout = TimeSpan.FromHours(1) });
        WireClient[] members = server.Gather("room", "Panda", "Alice");
        WireClient part = server.Enter("Bob");
        part.Send("/join lobby");
        part.SendBytes(WireFrame.Encode("words").AsSpan(0, 150));
        Open(browser, server);

        browser.Await(Figure("clients"), "3");
        browser.Await(Figure("channels"), "2");
        browser.AwaitTrue("[...document.querySelectorAll('#channels li[data-channel]')].some(c => c.textContent.includes('2 members'))");
        browser.AwaitTrue(RowHas(3, "150 of 200"));
        browser.Await("document.querySelector('#client-3 i').style.width", "75%");
        browser.AwaitTrue(RowHas(3, "lobby"));
        browser.AwaitTrue(RowHas(1, "waits in receive"));
        Assert.AreEqual("1", browser.Ask("new Set([...document.querySelectorAll('#client-1 bdi')].map(text => Math.round(text.getBoundingClientRect().top))).size"), "the texts of a row are on one line");

        using (server.Connect())
        {
            browser.AwaitTrue(RowHas(4, "waits for the name"));
        }

        members[0].Send([.. Enumerable.Repeat("hello", 40)]);
        browser.AwaitTrue(TopOfCurve + " >= 40");
        browser.AwaitTrue("document.querySelector('#curve .line').getAttribute('d').startsWith('M')");
        browser.AwaitTrue("/^The writer thread: [0-9,]+ rounds.s, [0-9,]+ sends.s; batches per send: [0-9.]+\\.$/.test(document.querySelector('#writer').textContent)");

        members[1].Dispose();
        browser.Await(Figure("clients"), "2");
        browser.AwaitTrue("document.querySelector('#client-2') === null || document.querySelector('#client-2').hidden");
        browser.AwaitTrue("document.querySelector('#ended').textContent.includes('left')");
        Assert.AreEqual("", string.Join('\n', browser.Complaints()));
    });

    [TestMethod]
    public void Without_a_trace_no_text_of_a_client_is_shown() => InBrowser(browser =>
    {
        using var server = new TestServer(WithHttp with { Channels = ["lobby"] });
        WireClient[] members = server.Gather("secretroom", "Pandabear", "Alicebear");
        members[0].Send("secretwords");
        members[1].Read(1);
        Open(browser, server);
        browser.Await(Figure("clients"), "2");

        browser.AwaitTrue(RowHas(1, "client 1"));
        string page = browser.Ask("document.documentElement.textContent");
        using var events = new EventStream(server.Http);
        string stream = events.Next();
        foreach (string secret in (string[])["secretroom", "Pandabear", "Alicebear", "secretwords"])
        {
            Assert.DoesNotContain(secret, page);
            Assert.DoesNotContain(secret, stream);
        }

        Assert.Contains("lobby", page, "The operator named it.");
        Assert.AreEqual(403, HttpProbe.Get(server.Http, "/frames?client=1").Status);
        browser.Click("#client-1");
        browser.Await("document.querySelector('#frames-note').textContent", "Start the server with --trace to see the frames of a client.");
    });

    [TestMethod]
    public void A_member_that_does_not_read_is_shown_as_slow_and_its_sender_as_waiting() => InBrowser(browser =>
    {
        using var server = new TestServer(WithHttp with { SendLimits = new SendLimits(64 * 1024, 256 * 1024, TimeSpan.FromHours(1)) });
        using var slow = new SlowMember(server);
        Open(browser, server);

        browser.Await(Figure("congested"), "1");
        browser.Await(Figure("waiting"), "1");
        browser.AwaitTrue(RowHas(1, "slow: "));
        browser.AwaitTrue("document.querySelector('#client-1').classList.contains('slow')");
        browser.Await("document.querySelector('#client-1 .queue i').style.width", "100%");
        browser.AwaitTrue("document.querySelector('#channels .slow')?.textContent === 'client 1'");
        browser.AwaitTrue(RowHas(2, "waits for slow client 1"));
        browser.Click("#only-slow");
        browser.AwaitTrue("document.querySelectorAll('#rows .row:not([hidden])').length === 2");

        slow.Read();

        browser.Await(Figure("congested"), "0");
        browser.Await(Figure("waiting"), "0");
    });

    [TestMethod]
    public void What_was_rejected_and_disconnected_is_shown_with_the_reason() => InBrowser(browser =>
    {
        using var server = new TestServer(WithHttp with { MaxConnections = 2, ReservedPlaces = 0 });
        server.Enter("Panda");
        Open(browser, server);
        browser.Await(Figure("refused"), "0");
        browser.Await(Figure("cutoff"), "0");

        WireClient badName = server.Connect();
        badName.Send("[Panda]");
        badName.ReadToEnd();
        badName.Dispose();
        browser.Await(Figure("cutoff"), "1");
        browser.AwaitTrue("document.querySelector('#ended').textContent.includes('disconnected: name rejected: 1')");

        server.Enter("Alice");
        server.Connect().ReadToEnd();
        browser.Await(Figure("refused"), "1");
        browser.AwaitTrue("document.querySelector('#ended').textContent.includes('rejected: the server is full: 1')");
    });

    [TestMethod]
    public void Names_channels_and_messages_full_of_markup_are_shown_as_text() => InBrowser(browser =>
    {
        using var trace = new TraceWriter(Stream.Null, null);
        using var server = new TestServer(WithHttp, trace);
        WireClient[] members = server.Gather("<script>document.title='owned'</script>", Hostile, "\"><svg/onload=document.title='owned'>");
        members[0].Send("<iframe src=javascript:parent.document.title='owned'></iframe>", "</script><script>document.title='owned'</script>", "\u202etxt.exe");
        members[1].Read(3);
        Open(browser, server);

        browser.AwaitTrue(RowHas(1, Hostile.Replace("'", "\\'", StringComparison.Ordinal)));
        browser.Click("#client-1");
        browser.AwaitTrue("document.querySelector('#frames-list').textContent.includes('<iframe src=javascript:')");
        browser.AwaitTrue("document.querySelector('#frames-list').textContent.includes('\\\\u{202E}txt.exe')");
        browser.AwaitTrue("document.querySelector('#frames-list .padding').textContent.startsWith('····')");

        Assert.AreEqual("0", browser.Ask("document.querySelectorAll('main img, main script, main iframe, main svg:not(#curve), dialog img, dialog script, dialog iframe, dialog svg').length"));
        Assert.AreEqual("ThreadedChat", browser.Ask("document.title"));
        Assert.AreEqual("", string.Join('\n', browser.Complaints()));
    });

    [TestMethod]
    public void With_a_thousand_clients_only_the_rows_that_are_seen_exist_and_the_page_stays_fluent() => InBrowser(browser =>
    {
        const int Count = 1_000;
        Needs.Sockets(Count);
        using var server = new TestServer(WithHttp);
        WireClient[] clients = [.. Enumerable.Range(0, Count).Select(_ => server.Connect())];
        for (int i = 0; i < Count; i++)
        {
            clients[i].Send("Panda", $"/create room{i % 25}", $"/join room{i % 25}");
        }

        Open(browser, server);

        browser.Await(Figure("clients"), "1,000");
        browser.AwaitTrue("document.querySelector('#grid').getAttribute('aria-rowcount') === '1001'");
        Assert.AreEqual("true", browser.Ask("String(document.querySelectorAll('#rows .row').length < 100)"));
        Assert.AreEqual("true", browser.Ask("String(document.querySelectorAll('#channels .members li').length < 300)"));

        // Paper has no scroll bar.
        browser.Ask("dispatchEvent(new Event('beforeprint'))");
        Assert.AreEqual("400 and 600 more", browser.Ask("document.querySelectorAll('#rows .row').length + ' ' + document.querySelector('#more-rows').textContent"));
        browser.Ask("dispatchEvent(new Event('afterprint'))");
        Assert.AreEqual("true", browser.Ask("String(document.querySelectorAll('#rows .row').length < 100)"));

        // While members of all channels talk, pictures of the screen go on between the events.
        browser.Ask("(() => { window.pictures = 0; const count = () => { window.pictures++; requestAnimationFrame(count); }; count(); })()");
        int sent = 0;
        Eventually.True(
            () =>
            {
                clients[sent++ % 25].Send("hello");
                return browser.Ask($"String(window.pictures > 20 && {TopOfCurve} > 1)") == "true";
            },
            "the browser should draw while the members talk");

        browser.Ask("document.querySelector('#rows').focus()");
        browser.Press(Keys.End);
        browser.AwaitTrue(RowHas(Count, $"client {Count}"));
        Assert.AreEqual("true", browser.Ask($"String(document.querySelector('#client-{Count}').getAttribute('aria-selected'))"));
    });

    [TestMethod]
    [DataRow("en", "To the clients", "The last frames of Alice", "pt-BR")]
    [DataRow("pt", "Ir para os clientes", "Os últimos frames de Alice", "en")]
    public void Everything_can_be_done_with_the_keyboard(string language, string skip, string frames, string other) => InBrowser(browser =>
    {
        using var trace = new TraceWriter(Stream.Null, null);
        using var server = new TestServer(WithHttp, trace);
        server.Gather("room", "Panda", "Alice", "Bob");
        Open(browser, server, language);
        browser.Await(Figure("clients"), "3");

        // The first stop of the Tab key leads to the clients; it comes to everything that a mouse can reach.
        browser.Ask("document.activeElement.blur()");
        browser.Press(Keys.Tab);
        Assert.AreEqual(skip, browser.Ask("document.activeElement.textContent"));
        foreach (string id in (string[])["language", "theme", "size", "channels", "order", "only-slow", "rows"])
        {
            browser.Press(Keys.Tab);
            Assert.AreEqual(id, browser.Ask("document.activeElement.id"));
        }

        browser.Press(Keys.ArrowDown, Keys.ArrowDown);
        browser.AwaitTrue("document.querySelector('#rows').getAttribute('aria-activedescendant') === 'client-2'");
        browser.Press(Keys.Enter);
        browser.AwaitTrue($"document.querySelector('#frames').open && document.querySelector('#frames-heading').textContent === '{frames}'");
        browser.Press(Keys.Escape);
        browser.AwaitTrue("!document.querySelector('#frames').open");
        browser.Await("document.activeElement.id", "rows");

        Use("a.skip", Keys.Enter);
        browser.Await("document.activeElement.id", "rows");
        Use("#order", Keys.ArrowDown);
        browser.Await("document.querySelector('#order').value", "slow");
        Use("#only-slow", Keys.Space);
        browser.AwaitTrue("document.querySelectorAll('#rows .row:not([hidden])').length === 0");
        Use("#theme", Keys.Enter);
        browser.Await("document.documentElement.dataset.theme", "light");
        Use("#size", Keys.Enter);
        browser.Await("document.documentElement.dataset.size", "large");
        Use("#language", Keys.Enter);
        browser.Await("document.documentElement.lang", other);

        void Use(string element, string key)
        {
            browser.Ask($"document.querySelector('{element}').focus()");
            browser.Press(key);
        }
    });

    [TestMethod]
    public void It_speaks_both_languages_and_remembers_which() => InBrowser(browser =>
    {
        using var server = new TestServer(WithHttp);
        server.Enter("Panda");
        browser.Open($"http://{server.Http}/?lang=pt");
        browser.AwaitTrue(RowHas(1, "espera em receive"));
        Assert.AreEqual("Clientes", browser.Text("#clients-heading"));
        Assert.AreEqual("pt-BR", browser.Ask("document.documentElement.lang"));

        browser.Click("#language");
        browser.AwaitTrue(RowHas(1, "waits in receive"));
        Assert.AreEqual("Clients", browser.Text("#clients-heading"));
        browser.Open($"http://{server.Http}/");
        browser.Await("document.documentElement.lang", "en");
        Assert.AreEqual("", browser.Ask("[...document.querySelectorAll('[data-text]')].filter(e => !e.textContent).map(e => e.dataset.text).join()"), "each text is there");
        Assert.AreEqual("", browser.Ask(MissingTexts), "each language has the same texts");
    });

    [TestMethod]
    public void It_follows_the_colours_of_the_system_and_its_own_switch() => InBrowser(browser =>
    {
        const string Background = "getComputedStyle(document.body).backgroundColor";
        const string Light = "rgb(247, 248, 250)", Dark = "rgb(18, 22, 28)";
        using var server = new TestServer(WithHttp);
        browser.PreferColours("dark");
        Open(browser, server);
        browser.Await(Background, Dark);
        browser.PreferColours("light");
        browser.Await(Background, Light);

        browser.Click("#theme"); // light
        browser.Click("#theme"); // dark
        browser.Await(Background, Dark);
        string normal = browser.Ask("getComputedStyle(document.documentElement).fontSize");
        browser.Click("#size");
        browser.AwaitTrue($"parseFloat(getComputedStyle(document.documentElement).fontSize) > parseFloat('{normal}')");
    });

    [TestMethod]
    [DataRow(1024, 768)]
    [DataRow(1280, 720)]
    [DataRow(1920, 1080)]
    [DataRow(3840, 2160)]
    public void Large_type_is_large_on_each_projector_and_nothing_is_cut(int width, int height) => InBrowser(browser =>
    {
        using var server = new TestServer(WithHttp with { Channels = ["lobby"] });
        server.Enter("Panda").Send("/join lobby");
        browser.Resize(width, height);
        browser.Open($"http://{server.Http}/?lang=pt&size=large");
        browser.AwaitTrue(RowHas(1, "lobby"));

        Assert.AreEqual("true", browser.Ask("String(parseFloat(getComputedStyle(document.querySelector('#client-1')).fontSize) * 32 >= innerHeight)"));
        Assert.AreEqual("true", browser.Ask("String(document.documentElement.scrollWidth <= innerWidth)"));
        Assert.AreEqual("", browser.Ask("[...document.querySelectorAll('.heads > span, #client-1 > span, #tiles dt')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent).join()"));
        browser.ResetSize();
    });

    [TestMethod]
    public void A_rate_is_that_of_the_last_second() => InBrowser(browser =>
    {
        using var server = new TestServer(WithHttp);
        Open(browser, server);

        // A hundred deliveries at once, in a model apart from that of the page.
        Assert.AreEqual("0 0 0 0 0 100 100 100 100 0 0", browser.Ask(
            """
            import('/model.js?apart').then(({ apply, model }) => [...Array(11).keys()].map(i => {
              const figures = { delivered: i < 5 ? 0 : 100, received: 0, rounds: 0, sends: 0, batches: 0 };
              apply({ at: i * 250, stopping: false, channels: [], channelsGone: [], rows: [], rowsGone: [], figures });
              return model.rates.delivered;
            }).join(' '))
            """));
    });

    [TestMethod]
    public void The_page_says_that_the_server_is_gone_and_continues_with_the_next_one() => InBrowser(browser =>
    {
        IPEndPoint address;
        using (var server = new TestServer(WithHttp))
        {
            address = server.Http;
            server.Enter("Panda");
            Open(browser, server);
            browser.Await(Figure("clients"), "1");
        }

        browser.Await("document.querySelector('#status').dataset.kind", "gone");
        using var next = new TestServer(WithHttp with { Http = address });
        browser.Await("document.querySelector('#status').dataset.kind", "live");
        browser.Await(Figure("clients"), "0");
    });

    private static void InBrowser(Action<Browser> test)
    {
        lock (Gate)
        {
            _browser ??= new Browser();
            test(_browser);
            _browser.Open("about:blank");
        }
    }

    private static void Open(Browser browser, TestServer server, string language = "en")
    {
        browser.Complaints();
        browser.Open($"http://{server.Http}/?lang={language}");
        browser.Await("document.querySelector('#status').dataset.kind", "live");
    }

    private static string Figure(string name) => $"document.querySelector('[data-figure=\"{name}\"] dd')?.textContent";

    private static string RowHas(int client, string text) => $"document.querySelector('#client-{client}')?.textContent.includes('{text}')";
}
