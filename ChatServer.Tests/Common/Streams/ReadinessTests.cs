using System.IO.Pipes;
using ThreadedChat.Common.Streams;

namespace ThreadedChat.ChatServer.Tests.Common.Streams;

[TestClass]
public sealed class ReadinessTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    [TestMethod]
    [DataRow(true, DisplayName = "by select")]
    [DataRow(false, DisplayName = "by poll")]
    public void Input_is_awaited_until_there_is_some_or_the_end(bool bySelect)
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reader = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        int descriptor = (int)reader.SafePipeHandle.DangerousGetHandle();
        int Await(TimeSpan wait) =>
            bySelect ? Readiness.AwaitBySelect(descriptor, forInput: true, wait) : Readiness.AwaitInput(descriptor, wait);

        Assert.AreEqual(0, Await(Short));
        writer.WriteByte(1);
        Assert.IsGreaterThan(0, Await(Timeout.InfiniteTimeSpan));
        reader.ReadByte();
        Assert.AreEqual(0, Await(TimeSpan.Zero));
        writer.Dispose();
        Assert.IsGreaterThan(0, Await(Timeout.InfiniteTimeSpan));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "by select")]
    [DataRow(false, DisplayName = "by poll")]
    public void Space_is_awaited_while_a_pipe_is_full(bool bySelect)
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reader = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        int descriptor = (int)writer.SafePipeHandle.DangerousGetHandle();
        int Await(TimeSpan wait) =>
            bySelect ? Readiness.AwaitBySelect(descriptor, forInput: false, wait) : Readiness.AwaitSpace(descriptor, wait);

        var block = new byte[4096];
        while (Await(TimeSpan.Zero) > 0)
        {
            writer.Write(block);
        }

        Assert.AreEqual(0, Await(Short));
        int left = block.Length;
        while (left > 0)
        {
            left -= reader.Read(block, 0, left);
        }

        Assert.IsGreaterThan(0, Await(Timeout.InfiniteTimeSpan));
    }

    /// <summary>The poll of macOS reports a terminal like a closed descriptor.</summary>
    [TestMethod]
    [DataRow(500)]
    [DataRow(5000)]
    public void A_descriptor_that_poll_does_not_know_and_that_is_closed_is_ready_for_the_call_that_fails(int descriptor)
    {
        Assert.IsGreaterThan(0, Readiness.AwaitInput(descriptor, Timeout.InfiniteTimeSpan));
        Assert.IsGreaterThan(0, Readiness.AwaitSpace(descriptor, Timeout.InfiniteTimeSpan));
    }
}
