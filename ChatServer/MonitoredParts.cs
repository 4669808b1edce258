using ThreadedChat.ChatServer.Channels;
using ThreadedChat.ChatServer.Cluster;
using ThreadedChat.ChatServer.Connections;
using ThreadedChat.ChatServer.History;
using ThreadedChat.ChatServer.Sending;

namespace ThreadedChat.ChatServer;

/// <summary>The parts of a server that <see cref="Monitoring"/> reads. <c>SoftLimit</c>: bytes in a send queue above which its client is slow.</summary>
internal sealed record MonitoredParts(
    ConnectionRegistry Registry, Admission Admission, Writer Writer, int SoftLimit, IChannelView Channels, ChatHistory? History, ClusterChat? Cluster = null);
