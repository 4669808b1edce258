using ThreadedChat.ChatClient.Display;

namespace ThreadedChat.ChatServer.Tests.Client.Display;

[TestClass]
public sealed class TimeFormatTests
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 5, 17, 4, 9, TimeSpan.FromHours(-8));

    [TestMethod]
    [DataRow("%H:%M", "17:04")]
    [DataRow("%T", "17:04:09")]
    [DataRow("%R", "17:04")]
    [DataRow("%F %H:%M:%S", "2026-11-05 17:04:09")]
    [DataRow("[%I:%M %p]", "[05:04 PM]")]
    [DataRow("%a %d %b %y", "Thu 05 Nov 26")]
    [DataRow("%A, %d.%m.%Y", "Thursday, 05.11.2026")]
    [DataRow("%H%%", "17%")]
    [DataRow("%T%z", "17:04:09-08:00")]
    [DataRow("HH:mm", "HH:mm")]
    [DataRow("時%H", "時17")]
    public void The_conversions_are_those_of_strftime(string format, string time)
    {
        Assert.AreEqual(time, TimeFormat.TryParse(format)!.Format(Moment));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("%")]
    [DataRow("%H:%")]
    [DataRow("%q")]
    [DataRow("%H\e[2J")]
    [DataRow("%H\n")]
    [DataRow("12345678901234567890123456789012345678901234567890123456789012345")]
    public void An_invalid_format_is_rejected(string format) => Assert.IsNull(TimeFormat.TryParse(format));
}
