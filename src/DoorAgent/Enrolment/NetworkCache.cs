using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Matching;

namespace DoorAgent.Enrolment;

/// <summary>
/// The networks of the encoders that the gallery has named in this run: opened and proven when it first names one, and kept to
/// the end. There are few, and the way back is then at once.
/// </summary>
/// <param name="first">The networks that the run began with; they stay the caller's.</param>
/// <param name="open">Opens and proves the networks with an encoder, by its catalogue id.</param>
/// <param name="time">The clock.</param>
internal sealed class NetworkCache(NetworksInUse first, Func<string, NetworksInUse> open, TimeProvider time) : IDisposable
{
    // Loading and proving takes a second of a slow board, and the gallery is looked at four times a second.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    private readonly Dictionary<EncoderIdentity, NetworksInUse> _opened = [];
    private (EncoderIdentity Named, TimeSpan At, string Why)? _failed;

    /// <summary>Finds the networks for what a gallery names, and opens them where that is due. One caller at a time.</summary>
    /// <returns>The networks, or why they cannot be used: they are not here, fail their proof or have no calibration. A refusal is a
    /// value: while one holds, the watch asks again at each look.</returns>
    public (NetworksInUse? Networks, string? Refusal) Find(EncoderIdentity named)
    {
        if (named.IsSameAs(EncoderIdentity.Of(first.Reader)))
            return (first, null);
        if (_opened.TryGetValue(named, out NetworksInUse? networks))
            return (networks, null);
        if (_failed is { } failed && failed.Named == named && time.Monotonic() - failed.At < BetweenTries)
            return (null, failed.Why);
        try
        {
            return (_opened[named] = open(named.Name), null);
        }
        catch (UserErrorException refusal)
        {
            string why = $"The gallery names the encoder {named.Name}, and it cannot be used. {refusal.Message}";
            _failed = (named, time.Monotonic(), why);
            return (null, why);
        }
    }

    /// <summary>Finds the networks and tells only which encoder is then in use, or why none is.</summary>
    public (EncoderIdentity? InUse, string? Refusal) Use(EncoderIdentity named)
    {
        (NetworksInUse? networks, string? refusal) = Find(named);
        return (networks is null ? null : EncoderIdentity.Of(networks.Reader), refusal);
    }

    public void Dispose()
    {
        foreach (NetworksInUse networks in _opened.Values)
            networks.Reader.Dispose();
    }
}
