using System.Text.RegularExpressions;
using ThreadedChat.ChatServer.Tests.Support;

namespace ThreadedChat.ChatServer.Tests.Reliability;

/// <summary>
/// A client with random actions: joins, creates, sends, lists, resets, and connects again with a new name.
/// It checks each answer at once; its actions and the frames of its channels are in its lives, for the <see cref="MoveLedger"/>.
/// </summary>
/// <param name="number">Its number, part of its names.</param>
/// <param name="connect">Connects to the server.</param>
/// <param name="channels">The watched channels.</param>
/// <param name="random">Its choices.</param>
internal sealed partial class Mover(int number, Func<WireClient> connect, string[] channels, Random random)
{
    private const int LongestBurst = 5;

    private readonly string _ownChannel = $"own-{number}";
    private readonly List<Life> _lives = [];
    private bool _ownChannelExists;

    /// <summary>As far as it knows, the server may not have taken it out of its own channel yet.</summary>
    private bool _mayBeInOwnChannel;

    private int _lifeCount;
    private int _messages;

    /// <summary>The lives that have ended since this was last asked.</summary>
    public Life[] TakeLives()
    {
        Life[] lives = [.. _lives];
        _lives.Clear();
        return lives;
    }

    /// <summary>Performs this number of actions, in as many lives as that takes. The last life closes gracefully.</summary>
    public void Move(int steps)
    {
        while (steps > 0)
        {
            using WireClient client = connect();
            var life = new Life($"M{number}.{_lifeCount++}");
            _lives.Add(life);
            client.Introduce(life.Name);
            life.IsCertain();

            bool goesOn = true;
            while (goesOn && --steps > 0)
            {
                goesOn = Step(client, life);
            }

            if (goesOn)
            {
                EndWell(client, life, torn: false);
            }
        }
    }

    /// <summary>Performs one action. False if it has ended this life.</summary>
    private bool Step(WireClient client, Life life)
    {
        switch (random.Next(100))
        {
            case < 60:
                Talk(client, life);
                break;
            case < 78:
                string channel = AnyChannel();
                client.Send($"/join {channel}");
                life.MovesTo(channel);
                break;
            case < 82:
                GoToOwnChannel(client, life);
                break;
            case < 84:
                string existing = AnyChannel();
                MustAnswer(client, life, $"/create {existing}", $"Room {existing} already exists, so cannot be created.");
                break;
            case < 86:
                MustAnswer(client, life, "/join nowhere", "No channel named nowhere exists. Try '/create nowhere'?");
                break;
            case < 88:
                List(client, life);
                break;
            case < 97:
                Fence(client, life);
                break;
            case 97:
                EndWell(client, life, torn: false);
                return false;

            // No mover breaks off in its own channel: the server could notice it only when the next life is there, and send that one the notice.
            case 98:
            case 99 when _mayBeInOwnChannel:
                EndWell(client, life, torn: true);
                return false;
            default:
                client.Reset();
                life.Ends(well: false);
                return false;
        }

        return true;
    }

    private void Talk(WireClient client, Life life)
    {
        if (life.Channel is null)
        {
            return;
        }

        string[] burst = [.. Enumerable.Range(0, random.Next(1, LongestBurst)).Select(_ => $"{_messages++}")];
        client.Send(burst);
        Array.ForEach(burst, life.Says);
    }

    private void GoToOwnChannel(WireClient client, Life life)
    {
        Fence(client, life);
        client.Send($"/{(_ownChannelExists ? "join" : "create")} {_ownChannel}", "nobody hears this");
        life.MovesTo(null);
        _mayBeInOwnChannel = true;
        Fence(client, life);
        _ownChannelExists = true;
    }

    private void List(WireClient client, Life life)
    {
        Fence(client, life);
        client.Send("/list");
        string[] names = [.. Fence(client, life, isAnswered: true).SelectMany(text => text.Split('\n'))];
        names.MustBe(names.Distinct().Order(StringComparer.Ordinal), "The list of channels is in order.");
        foreach (string channel in (string[])[.. channels, .. _ownChannelExists ? [_ownChannel] : (string[])[]])
        {
            Assert.Contains(channel, names);
        }
    }

    private void MustAnswer(WireClient client, Life life, string command, string answer)
    {
        Fence(client, life);
        client.Send(command);
        Fence(client, life, isAnswered: true).MustBe([answer], $"{life.Name}: {command}");
    }

    /// <summary>Reads everything that the server has sent so far. Returns the answers, without the frames of a channel.</summary>
    private string[] Fence(WireClient client, Life life, bool isAnswered = false)
    {
        ILookup<bool, string> texts = client.Fence().ToLookup(text => OfChannel().IsMatch(text));
        life.Saw(texts[true]);
        life.IsCertain();
        _mayBeInOwnChannel &= life.Channel is null;
        string[] answers = [.. texts[false]];
        Assert.IsTrue(isAnswered || answers.Length == 0, $"{life.Name} had sent no command, and got an answer: {string.Join(", ", answers)}");
        return answers;
    }

    /// <summary>Ends its stream and reads to the end: on both sides everything arrives, but for half a frame.</summary>
    private void EndWell(WireClient client, Life life, bool torn)
    {
        if (torn)
        {
            client.SendBytes("half a frame"u8);
        }

        client.EndSending();
        life.Saw(client.ReadToEnd());
        life.Ends(well: true);
        _mayBeInOwnChannel = false;
    }

    private string AnyChannel() => channels[random.Next(channels.Length)];

    [GeneratedRegex(@"^(\[\S+\] .*|\S+ has (joined|left))$")]
    private static partial Regex OfChannel();
}
