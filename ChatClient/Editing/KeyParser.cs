using ThreadedChat.ChatClient.Terminals;

namespace ThreadedChat.ChatClient.Editing;

/// <summary>
/// Parses the bytes from a terminal into keys: UTF-8 text, control characters, pastes, and sequences, each read to its end. Discards
/// each sequence that is not a key. The bytes may arrive in pieces. Knows no terminal and no clock.
/// </summary>
internal sealed class KeyParser
{
    /// <summary>How long after an ESC the rest of a sequence may arrive.</summary>
    public static readonly TimeSpan SoonAfterEscape = TimeSpan.FromMilliseconds(50);

    /// <summary>A sequence or a paste ends after this time without input.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private const byte Escape = (byte)EscapeSequences.Escape;
    private const byte Delete = 0x7F;

    private readonly KeyCollector _keys = new();
    private readonly KeySequenceParser _sequence;
    private readonly PasteBuffer _paste = new();
    private readonly LatePasteMark _lateMark = new();
    private State _state;

    public KeyParser() => _sequence = new KeySequenceParser(_keys);

    private enum State
    {
        Plain,
        InSequence, // begins with ESC
        InPaste,
        AfterLateEscape, // an ESC that nothing followed in time: a paste start may still follow
    }

    /// <summary>How long to wait for more input before <see cref="GiveUp"/>; null for no limit.</summary>
    public TimeSpan? Timeout => _state switch
    {
        State.Plain => null,
        State.AfterLateEscape when _lateMark.Count == 0 => null,
        State.InSequence when _sequence.IsOnlyEscape => SoonAfterEscape,
        State.AfterLateEscape when _lateMark.Count == 1 => SoonAfterEscape, // a bracket that was typed
        _ => Quiet,
    };

    /// <summary>The keys that <paramref name="bytes"/> complete. Adjacent text becomes one key.</summary>
    public IReadOnlyList<Key> Parse(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            Take(value);
        }

        return _keys.Take();
    }

    /// <summary>
    /// Called after <see cref="Timeout"/> without input. A single ESC was the Esc key; a paste has ended; an unfinished string was
    /// typed, with Alt for its first character. Other sequences are discarded.
    /// </summary>
    public IReadOnlyList<Key> GiveUp()
    {
        State state = _state;
        _state = State.Plain;
        switch (state)
        {
            case State.InSequence:
                _sequence.GiveUp();
                if (_sequence.IsOnlyEscape)
                {
                    _state = State.AfterLateEscape;
                    _lateMark.Begin();
                }

                break;
            case State.AfterLateEscape:
                _keys.AddText(_lateMark.Typed);
                break;
            case State.InPaste:
                EndPaste();
                break;
        }

        return _keys.Take();
    }

    private void Take(byte value)
    {
        switch (_state)
        {
            case State.Plain:
                TakePlain(value);
                break;
            case State.InSequence:
                TakeInSequence(value);
                break;
            case State.AfterLateEscape:
                TakeAfterLateEscape(value);
                break;
            case State.InPaste when _paste.Add(value):
                _state = State.Plain;
                EndPaste();
                break;
        }
    }

    private void TakePlain(byte value)
    {
        if (value is >= (byte)' ' and not Delete)
        {
            _keys.AddText(value);
            return;
        }

        _keys.EndText(isEnd: true);
        if (value == Escape)
        {
            _state = State.InSequence;
            _sequence.Begin();
        }
        else
        {
            _keys.Add(KeyTable.OfControl((char)value));
        }
    }

    private void TakeInSequence(byte value)
    {
        KeySequenceParser.Progress progress = _sequence.Take(value);
        _state = progress switch
        {
            KeySequenceParser.Progress.More => State.InSequence,
            KeySequenceParser.Progress.PasteBegins => State.InPaste,
            _ => State.Plain,
        };
        if (progress == KeySequenceParser.Progress.CutOff)
        {
            Take(value);
        }
    }

    private void TakeAfterLateEscape(byte value)
    {
        if (!_lateMark.TryAdd(value))
        {
            _keys.AddText(_lateMark.Typed);
            _state = State.Plain;
            Take(value);
        }
        else if (_lateMark.IsWhole)
        {
            _state = State.InPaste;
        }
    }

    private void EndPaste() => _keys.Add(new Key(KeyKind.Paste, _paste.Take()));
}
