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
internal sealed class NetworkCache(NetworksInUse first, Func<string, NetworksInUse> open, TimeProvider time) : IDisposable
{
    // Loading and proving takes a second on a slow board, and the gallery is polled four times a second.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    private readonly Dictionary<EncoderIdentity, NetworksInUse> _opened = [];
    private (EncoderIdentity Named, TimeSpan At, string Why)? _failed;

    /// <summary>Returns the networks for the encoder that a gallery names. One caller at a time.</summary>
    /// <exception cref="UserErrorException">A network is missing, fails its proof, or has no calibration.</exception>
    public NetworksInUse For(EncoderIdentity named)
    {
        if (named.IsSameAs(EncoderIdentity.Of(first.Reader)))
            return first;
        if (_opened.TryGetValue(named, out NetworksInUse? networks))
            return networks;
        if (_failed is { } failed && failed.Named == named && time.Monotonic() - failed.At < BetweenTries)
            throw new UserErrorException(failed.Why);
        try
        {
            return _opened[named] = open(named.Name);
        }
        catch (UserErrorException refusal)
        {
            string why = $"The gallery names the encoder {named.Name}, which cannot be used. {refusal.Message}";
            _failed = (named, time.Monotonic(), why);
            throw new UserErrorException(why, refusal);
        }
    }

    /// <summary>Prepares the networks as <see cref="For"/> does, and returns only the encoder that is then in use.</summary>
    /// <exception cref="UserErrorException">A network is missing, fails its proof, or has no calibration.</exception>
    public EncoderIdentity Use(EncoderIdentity named) => EncoderIdentity.Of(For(named).Reader);

    public void Dispose()
    {
        foreach (NetworksInUse networks in _opened.Values)
            networks.Reader.Dispose();
    }
}
