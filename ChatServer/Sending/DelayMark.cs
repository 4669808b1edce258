namespace ThreadedChat.ChatServer.Sending;

/// <summary>In one queue, the message whose delay is measured. The gate of the queue guards it.</summary>
/// <remarks>Almost always there is none: then each append and each send cost one comparison, and change nothing.</remarks>
internal struct DelayMark
{
    private int _bytesBefore;

    /// <summary>The message at the end of <paramref name="queued"/> bytes is measured.</summary>
    public void Set(int queued) => _bytesBefore = queued;

    /// <summary>So many bytes were sent. True if the message is among them.</summary>
    public bool Sent(int bytes)
    {
        if (_bytesBefore == 0)
        {
            return false;
        }

        _bytesBefore = Math.Max(0, _bytesBefore - bytes);
        return _bytesBefore == 0;
    }

    /// <summary>Nothing more is sent. True if there was a mark.</summary>
    public bool Drop()
    {
        bool wasSet = _bytesBefore > 0;
        _bytesBefore = 0;
        return wasSet;
    }
}
