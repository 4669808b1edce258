namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>The figures of a run. Null is what could not be measured, or is not measured with this load.</summary>
internal sealed record Measures
{
    /// <summary>From the first message sent to the last one received.</summary>
    public required double? DeliveriesPerSecond { get; init; }

    /// <summary>The server's processor time while messages flowed.</summary>
    public required double? ServerMicrosecondsPerDelivery { get; init; }

    /// <summary>The same of this process: it is to leave the processors to the server.</summary>
    public required double? OwnMicrosecondsPerDelivery { get; init; }

    /// <summary>From when a message is made until one of its receivers has it; half of all took at most this.</summary>
    public required double? LatencyP50Microseconds { get; init; }

    public required double? LatencyP99Microseconds { get; init; }

    public required double? LatencyMaxMicroseconds { get; init; }

    /// <summary>What the server holds when all is delivered (resident set).</summary>
    public required double? ServerMemoryBytes { get; init; }

    /// <summary>Members connected, named and in their channels, per second.</summary>
    public required double? ConnectsPerSecond { get; init; }

    /// <summary>Of one processor, while all members were held idle: 0.01 is one percent.</summary>
    public required double? IdleServerCpuShare { get; init; }

    /// <summary>What the server holds more than before there were members, for each of them.</summary>
    public required double? IdleMemoryBytesPerClient { get; init; }

    /// <summary>The median of each figure by itself.</summary>
    public static Measures MedianOf(IReadOnlyList<Measures> runs)
    {
        return new Measures
        {
            DeliveriesPerSecond = Median(run => run.DeliveriesPerSecond),
            ServerMicrosecondsPerDelivery = Median(run => run.ServerMicrosecondsPerDelivery),
            OwnMicrosecondsPerDelivery = Median(run => run.OwnMicrosecondsPerDelivery),
            LatencyP50Microseconds = Median(run => run.LatencyP50Microseconds),
            LatencyP99Microseconds = Median(run => run.LatencyP99Microseconds),
            LatencyMaxMicroseconds = Median(run => run.LatencyMaxMicroseconds),
            ServerMemoryBytes = Median(run => run.ServerMemoryBytes),
            ConnectsPerSecond = Median(run => run.ConnectsPerSecond),
            IdleServerCpuShare = Median(run => run.IdleServerCpuShare),
            IdleMemoryBytesPerClient = Median(run => run.IdleMemoryBytesPerClient),
        };

        double? Median(Func<Measures, double?> figure)
        {
            double[] sorted = [.. runs.Select(figure).OfType<double>().Order()];
            return sorted is [] ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
