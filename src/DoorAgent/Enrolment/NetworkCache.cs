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
internal sealed class NetworkCache(LoadedNetworks first, Func<string, LoadedNetworks> open, TimeProvider time) : IDisposable
{
    // Loading and proving takes a second of a slow board, and the gallery is looked at four times a second.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    private readonly Dictionary<EncoderIdentity, LoadedNetworks> _opened = [];
    private (EncoderIdentity Named, TimeSpan At, string Why)? _failed;

    /// <summary>The networks for what a gallery names. One caller at a time.</summary>
    /// <exception cref="UserErrorException">They are not here, or fail their proof, or have no calibration.</exception>
    public LoadedNetworks For(EncoderIdentity named)
    {
        if (named.IsSameAs(EncoderIdentity.Of(first.Pipeline)))
            return first;
        if (_opened.TryGetValue(named, out LoadedNetworks? networks))
            return networks;
        if (_failed is { } failed && failed.Named == named && time.Monotonic() - failed.At < BetweenTries)
            throw new UserErrorException(failed.Why);
        try
        {
            return _opened[named] = open(named.Name);
        }
        catch (UserErrorException refusal)
        {
            string why = $"The gallery names the encoder {named.Name}, and it cannot be used. {refusal.Message}";
            _failed = (named, time.Monotonic(), why);
            throw new UserErrorException(why, refusal);
        }
    }

    /// <summary>The same, for who only wants to know which encoder is then in use.</summary>
    /// <exception cref="UserErrorException">They are not here, or fail their proof, or have no calibration.</exception>
    public EncoderIdentity Use(EncoderIdentity named) => EncoderIdentity.Of(For(named).Pipeline);

    public void Dispose()
    {
        foreach (LoadedNetworks networks in _opened.Values)
            networks.Pipeline.Dispose();
    }
}
