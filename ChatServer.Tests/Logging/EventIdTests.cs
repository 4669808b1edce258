using System.Reflection;
using Microsoft.Extensions.Logging;

namespace ThreadedChat.ChatServer.Tests.Logging;

[TestClass]
public sealed class EventIdTests
{
    /// <summary>A program that reads the log as JSON distinguishes lines by their ids.</summary>
    [TestMethod]
    public void Each_line_of_the_log_has_an_id_of_its_own()
    {
        LoggerMessageAttribute[] lines =
        [
            .. typeof(ServerOptions).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
                .OfType<LoggerMessageAttribute>(),
        ];

        Assert.IsGreaterThan(40, lines.Length);
        Assert.IsEmpty(lines.GroupBy(line => line.EventId).Where(same => same.Count() > 1).Select(same => string.Join(" / ", same.Select(line => line.Message))));
    }
}
