using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.Messages;

namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>Counts the results of a test run. Its text is the last line of the output, as scripts/test.sh prints it.</summary>
internal sealed class ResultCounts : IDataConsumer
{
    /// <summary>Only the test platform calls this object, one result at a time.</summary>
    private int _passed;
    private int _failed;
    private int _skipped;

    public string Uid => "ThreadedChat.ResultCounts";

    public string Version => "1.0.0";

    public string DisplayName => "Result counts";

    public string Description => "Counts the passed, failed and skipped tests";

    public Type[] DataTypesConsumed { get; } = [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task ConsumeAsync(IDataProducer dataProducer, IData value, CancellationToken cancellationToken)
    {
        switch (((TestNodeUpdateMessage)value).TestNode.Properties.SingleOrDefault<TestNodeStateProperty>())
        {
            case null or DiscoveredTestNodeStateProperty or InProgressTestNodeStateProperty:
                break;
            case PassedTestNodeStateProperty:
                _passed++;
                break;
            case SkippedTestNodeStateProperty:
                _skipped++;
                break;
            default: // failed, timed out, or an error of the test itself
                _failed++;
                break;
        }

        return Task.CompletedTask;
    }

    public override string ToString() => $"{_passed} passed, {_failed} failed{(_skipped == 0 ? "" : $", {_skipped} skipped")}";
}
