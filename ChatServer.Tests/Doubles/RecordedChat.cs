using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Logging;

namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>A server's channels and commands with a history on disk, without its sockets. Its clock shows 2026-11-25 12:04 UTC until the test sets it.</summary>
internal sealed class RecordedChat : IDisposable
{
    public static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly ChannelTable _channels;
    private readonly Dispatcher _dispatcher;
    private readonly Faults _faults;
    private bool _hasEnded;

    public RecordedChat(
        string file, int? days = null, int? messages = null, Func<HistorySettings, StagedRunList, IHistoryStore>? openStore = null, int maxQueuedBytes = 16 * 1024 * 1024, long? bytes = null)
    {
        Time.SetLocalTimeZone(TimeZoneInfo.Utc);
        var settings = new HistorySettings(file, days, messages, bytes);
        History = new ChatHistory(settings, Time, openStore is null ? null : staged => openStore(settings, staged), maxQueuedBytes);
        _channels = new ChannelTable(100, recorder: History, restored: History.Channels);
        var chat = new LocalChat(_channels);
        var people = new People();
        _dispatcher = new Dispatcher(
            chat, CommandTable.Extended(chat, people, History, NullLogger.Instance), new NameRegistry(unique: true), people);
        _faults = new Faults(Log);
        History.Start(Log, _faults);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 25, 12, 4, 0, TimeSpan.Zero));

    public LineLog Log { get; } = new() { Least = Microsoft.Extensions.Logging.LogLevel.Information };

    public ChatHistory History { get; }

    public ChannelTable Channels => _channels;

    public ChatUser Admit(string name) => ChatUser.Admit(_dispatcher, name);

    public ChatUser AdmitTo(string channel, string name) => ChatUser.AdmitTo(_dispatcher, _channels, channel, name);

    /// <summary>Ends as a server does that is asked to.</summary>
    public void End(TimeSpan? limit = null)
    {
        _hasEnded = true;
        History.End(limit ?? EndLimit);
    }

    public void Dispose()
    {
        if (!_hasEnded)
        {
            End();
        }

        _channels.Dispose();
        History.Dispose();
        Assert.AreEqual(0, _faults.Count, string.Join('\n', Log.Take()));
    }
}
