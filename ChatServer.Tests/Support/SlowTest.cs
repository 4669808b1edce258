namespace ThreadedChat.ChatServer.Tests.Support;

/// <summary>The mark of a test that takes long without starting a program: real files, long random runs. <c>./run.sh test --quick</c> leaves it out.</summary>
internal static class SlowTest
{
    public const string Category = "Slow";
}
