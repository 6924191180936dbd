using System.Globalization;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace DoorAgent.Hub;

/// <summary>A bucket as the hub has it now.</summary>
/// <param name="Id">When the bucket was created: a bucket with the same name and another time is another one.</param>
/// <param name="Last">Sequence of its last record; 0 before the first one.</param>
internal sealed record HubBucket(string Id, ulong Last)
{
    private const int NotFound = 404;

    /// <summary>Asks the hub for a bucket.</summary>
    /// <exception cref="IOException">The bucket does not exist, or the hub does not answer; the message says what to do.</exception>
    public static async Task<HubBucket> OfAsync(HubConnection hub, string bucket, CancellationToken stopping)
    {
        try
        {
            INatsJSStream stream = await hub.AskAsync(
                token => hub.JetStream.GetStreamAsync(HubNames.StreamOf(bucket), cancellationToken: token), stopping);
            return Of(stream.Info);
        }
        catch (IOException missing) when (missing.InnerException is NatsJSApiException { Error.Code: NotFound })
        {
            throw new IOException($"The hub has no bucket '{bucket}': 'dooragent fleet init' at the office makes it.", missing);
        }
    }

    private static HubBucket Of(StreamInfo info) =>
        new(info.Created.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), info.State.LastSeq);
}
