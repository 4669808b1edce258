using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using ThreadedChat.ChatCheck.Programs;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>A real browser without a window: Chromium, driven over WebDriver. Its profile is a folder that goes with it.</summary>
internal sealed class Browser : IDisposable
{
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("threadedchat-browser-");
    private readonly ChromeDriverService _service;
    private readonly ChromeDriver _driver;

    /// <summary>Starts it; the test is inconclusive if there is none.</summary>
    public Browser()
    {
        Needs.Program("chromium");
        Needs.Program("chromedriver");
        string driver = ProgramFiles.Find("chromedriver")!;
        _service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(driver)!, Path.GetFileName(driver));
        _service.SuppressInitialDiagnosticInformation = true;
        _service.HideCommandPromptWindow = true;
        var options = new ChromeOptions { BinaryLocation = ProgramFiles.Find("chromium")! };
        options.AddArguments(
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", "--window-size=1400,1000", $"--user-data-dir={_profile.FullName}");
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        _driver = new ChromeDriver(_service, options, Limit.Load);
    }

    /// <summary>Opens an address, and waits until the page has been loaded.</summary>
    public void Open(string address) => _driver.Navigate().GoToUrl(address);

    /// <summary>What a script returns, as a text.</summary>
    public string Ask(string script) => Convert.ToString(_driver.ExecuteScript($"return {script}"), null) ?? "";

    /// <summary>Waits until a script returns this.</summary>
    public void Await(string script, string expected)
    {
        string seen = "";
        bool isRight = SpinWait.SpinUntil(() => (seen = Ask(script)) == expected, Limit.Wait);
        Assert.IsTrue(isRight, $"Not within {Limit.Wait.TotalSeconds} s: {script} should be '{expected}'; it is '{seen}'. {string.Join('\n', Complaints())}");
    }

    /// <summary>Waits until a script returns true.</summary>
    public void AwaitTrue(string condition) => Await($"String({condition})", "true");

    /// <summary>The text that a person sees of the first element.</summary>
    public string Text(string selector) => _driver.FindElement(By.CssSelector(selector)).Text;

    public void Click(string selector) => _driver.FindElement(By.CssSelector(selector)).Click();

    /// <summary>Presses keys where the focus is.</summary>
    public void Press(params IEnumerable<string> keys)
    {
        foreach (string key in keys)
        {
            _driver.SwitchTo().ActiveElement().SendKeys(key);
        }
    }

    /// <summary>Gives the page a size, in pixels: a window of Chromium is never narrower than 500.</summary>
    public void Resize(int width, int height = 900) => _driver.ExecuteCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        new Dictionary<string, object?> { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    /// <summary>The page has the size of the window again.</summary>
    public void ResetSize() => _driver.ExecuteCdpCommand("Emulation.clearDeviceMetricsOverride", []);

    /// <summary>Has the page see a system that is set to this: <c>dark</c> or <c>light</c>.</summary>
    public void PreferColours(string scheme) => _driver.ExecuteCdpCommand(
        "Emulation.setEmulatedMedia",
        new Dictionary<string, object?> { ["features"] = new[] { new Dictionary<string, object?> { ["name"] = "prefers-color-scheme", ["value"] = scheme } } });

    /// <summary>What the browser complains of: scripts that fail, files that are not there, what the security policy forbids.</summary>
    public string[] Complaints() =>
        [.. _driver.Manage().Logs.GetLog(LogType.Browser).Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.Message)];

    /// <summary>Writes a picture of what is seen.</summary>
    public void Picture(string file) => _driver.GetScreenshot().SaveAsFile(file);

    public void Dispose()
    {
        _driver.Quit();
        _driver.Dispose();
        _service.Dispose();
        _profile.Remove();
    }
}
