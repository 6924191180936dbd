using NATS.Client.JetStream.Models;

namespace DoorAgent.Hub;

/// <summary>The streams that keep the buckets of a fleet, as the office makes them. A key has one value.</summary>
internal static class HubBuckets
{
    /// <summary>The names of all buckets.</summary>
    public static IReadOnlyList<string> All { get; } = [HubNames.People, HubNames.Groups, HubNames.Doors];

    /// <summary>The stream of a bucket, in the form of NATS' key-value stores (ADR-8).</summary>
    /// <param name="bucket">Name of the bucket.</param>
    public static StreamConfig Of(string bucket) => new(HubNames.StreamOf(bucket), [HubNames.SubjectOf(bucket, ">")])
    {
        MaxMsgsPerSubject = 1,
        MaxMsgSize = HubNames.MostBytes,
        Discard = StreamConfigDiscard.New,
        AllowRollupHdrs = true,
        DenyDelete = true,
        AllowDirect = true,
    };
}
