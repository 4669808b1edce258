namespace ThreadedChat.ChatServer.Benchmarks.Load;

/// <summary>The figures of a run. A figure is null if it could not be measured or does not belong to this load.</summary>
internal sealed record Measures
{
    /// <summary>From the first message sent to the last one received.</summary>
    public required double? DeliveriesPerSecond { get; init; }

    /// <summary>The server's processor time during the load.</summary>
    public required double? ServerMicrosecondsPerDelivery { get; init; }

    /// <summary>The processor time of this process, which should be small beside that of the server.</summary>
    public required double? OwnMicrosecondsPerDelivery { get; init; }

    /// <summary>From the creation of a message to its arrival at one receiver.</summary>
    public required double? LatencyP50Microseconds { get; init; }

    public required double? LatencyP99Microseconds { get; init; }

    public required double? LatencyMaxMicroseconds { get; init; }

    /// <summary>The server's memory when everything is delivered (resident set).</summary>
    public required double? ServerMemoryBytes { get; init; }

    /// <summary>Members connected, named and in their channels, per second.</summary>
    public required double? ConnectsPerSecond { get; init; }

    /// <summary>The server's share of one processor while all members are idle; 0.01 is one percent.</summary>
    public required double? IdleServerCpuShare { get; init; }

    /// <summary>The growth of the server's memory per member, from before the first member connected.</summary>
    public required double? IdleMemoryBytesPerClient { get; init; }

    /// <summary>The median of each figure separately.</summary>
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
