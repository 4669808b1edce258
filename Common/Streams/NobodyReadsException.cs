namespace ThreadedChat.Common.Streams;

/// <summary>A standard stream is closed, or the reader of its pipe has gone.</summary>
public sealed class NobodyReadsException : IOException
{
    /// <inheritdoc/>
    public NobodyReadsException()
    {
    }

    /// <inheritdoc/>
    public NobodyReadsException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public NobodyReadsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
