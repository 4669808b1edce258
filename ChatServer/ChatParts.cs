using Microsoft.Extensions.Logging;
using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Commands;

namespace ThreadedChat.ChatServer;

/// <summary>What the commands of clients work on.</summary>
/// <param name="Chat">The channels.</param>
/// <param name="People">The participants of this process, by name.</param>
/// <param name="Messages">Sends messages to one participant.</param>
/// <param name="History">Earlier messages; null for none.</param>
internal sealed record ChatParts(IChat Chat, People People, IDirectMessages Messages, IHistory? History)
{
    /// <summary>The dispatcher with the commands that the options ask for, and those of moderators if there are any.</summary>
    public Dispatcher MakeDispatcher(ServerOptions options, ILogger log, IModeration? moderation, IMutes? mutes)
    {
        var names = new NameRegistry(options.UniqueNames || options.Extended, options.StrictNames);
        return options.Extended
            ? new Dispatcher(Chat, CommandTable.Extended(Chat, Messages, History, log, moderation), names, People, mutes)
            : new Dispatcher(Chat, CommandTable.OfAssignment(Chat, log, moderation), names, mutes: mutes);
    }
}
