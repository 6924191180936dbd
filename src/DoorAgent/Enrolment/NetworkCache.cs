using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Matching;

namespace DoorAgent.Enrolment;

/// <summary>
/// Holds the networks of all encoders that the gallery has named during this run. Networks are opened and proven when the gallery first
/// names their encoder, and kept until the end, so that a change back is immediate. There are only a few encoders.
/// </summary>
/// <param name="first">The networks at the start of the run; the caller keeps ownership.</param>
/// <param name="open">Opens and proves the networks with an encoder, by its catalogue id.</param>
/// <param name="time">The clock.</param>
internal sealed class NetworkCache(LoadedNetworks first, Func<string, LoadedNetworks> open, TimeProvider time) : IDisposable
{
    // Loading and proving takes a second on a slow board, and the gallery is polled four times a second.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    private readonly Dictionary<EncoderIdentity, LoadedNetworks> _opened = [];
    private (EncoderIdentity Named, TimeSpan At, string Why)? _failed;

    /// <summary>Finds the networks for the encoder that a gallery names, and opens them if necessary. One caller at a time.</summary>
    /// <returns>The networks, or why they cannot be used: a network is missing, fails its proof, or has no calibration. A refusal is a
    /// value and not an exception, because the watch asks again at each poll.</returns>
    public (LoadedNetworks? Networks, string? Refusal) Find(EncoderIdentity named)
    {
        if (named.IsSameAs(EncoderIdentity.Of(first.Pipeline)))
            return (first, null);
        if (_opened.TryGetValue(named, out LoadedNetworks? networks))
            return (networks, null);
        if (_failed is { } failed && failed.Named == named && time.Monotonic() - failed.At < BetweenTries)
            return (null, failed.Why);
        try
        {
            return (_opened[named] = open(named.Name), null);
        }
        catch (UserErrorException refusal)
        {
            string why = $"The gallery names the encoder {named.Name}, which cannot be used. {refusal.Message}";
            _failed = (named, time.Monotonic(), why);
            return (null, why);
        }
    }

    /// <summary>Prepares the networks as <see cref="Find"/> does, and returns only the encoder that is then in use, or why none
    /// is.</summary>
    public (EncoderIdentity? InUse, string? Refusal) Use(EncoderIdentity named)
    {
        (LoadedNetworks? networks, string? refusal) = Find(named);
        return (networks is null ? null : EncoderIdentity.Of(networks.Pipeline), refusal);
    }

    public void Dispose()
    {
        foreach (LoadedNetworks networks in _opened.Values)
            networks.Pipeline.Dispose();
    }
}
