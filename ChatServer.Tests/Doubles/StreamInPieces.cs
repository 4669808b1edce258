namespace ThreadedChat.ChatServer.Tests.Doubles;

/// <summary>Sends the first writes as they come, and all others together, when the test says so.</summary>
/// <param name="inner">Where it is sent.</param>
/// <param name="direct">How many writes go out at once.</param>
internal sealed class StreamInPieces(Stream inner, int direct) : Stream
{
    private readonly MemoryStream _rest = new();
    private int _writes;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what was held back, in one write.</summary>
    public void SendRest() => inner.Write(_rest.GetBuffer(), 0, (int)_rest.Length);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => (_writes++ < direct ? inner : _rest).Write(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
