using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Enrolment;

/// <summary>
/// Holds the networks of all encoders that the gallery has named during this run. Networks are opened and proven when the gallery first
/// names their encoder, and kept until the end, so that a change back is immediate. There are only a few encoders, and a change of the
/// rule of comparison opens nothing.
/// </summary>
/// <param name="first">The networks at the start of the run; the caller keeps ownership.</param>
/// <param name="open">Opens and proves the networks with an encoder, by its catalogue id.</param>
/// <param name="judge">Adds the thresholds for a rule of comparison.</param>
/// <param name="time">The clock.</param>
internal sealed class NetworkCache(LoadedNetworks first, Func<string, FacePipeline> open,
    Func<FacePipeline, ComparisonRule, LoadedNetworks> judge, TimeProvider time) : IDisposable
{
    // Loading and proving takes a second on a slow board, and the gallery is polled four times a second.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);

    private readonly Lock _finding = new();
    private readonly Dictionary<EncoderIdentity, FacePipeline> _opened = [];
    private readonly Dictionary<(FacePipeline Pipeline, ComparisonRule Rule), LoadedNetworks> _judged =
        new() { [(first.Pipeline, first.Thresholds.Rule)] = first };
    private (GalleryMethod Named, TimeSpan At, string Why)? _failed;

    /// <summary>Finds the networks for the encoder and the rule that a gallery names, and opens them if necessary.</summary>
    /// <returns>The networks, or why they cannot be used: a network is missing, fails its proof, or has no calibration for the rule. A
    /// refusal is a value and not an exception, because the watch asks again at each poll.</returns>
    public (LoadedNetworks? Networks, string? Refusal) Find(GalleryMethod named)
    {
        // The watch of the gallery asks, and so does a delivery of the fleet.
        lock (_finding)
            return Prepared(named);
    }

    /// <summary>Prepares the networks as <see cref="Find"/> does, and returns why a door could not start with them; null where it
    /// could.</summary>
    /// <param name="named">The encoder and the rule.</param>
    /// <param name="identifies">Whether a face without a claim is compared with all people.</param>
    public string? WhyUnusable(GalleryMethod named, bool identifies)
    {
        (LoadedNetworks? networks, string? refusal) = Find(named);
        if (networks is null)
            return refusal;
        if (!EncoderIdentity.Of(networks.Pipeline).IsSameAs(named.Encoder))
            return $"The encoder {named.Encoder.Id} here is another version than the one that made the encodings.";
        try
        {
            networks.Thresholds.EnsureOneCanMatch(identifies);
            return null;
        }
        catch (UserErrorException unsupported)
        {
            return unsupported.Message;
        }
    }

    /// <summary>Prepares the networks as <see cref="Find"/> does, and returns only the encoder that is then in use, or why none
    /// is.</summary>
    public (EncoderIdentity? InUse, string? Refusal) Use(GalleryMethod named)
    {
        (LoadedNetworks? networks, string? refusal) = Find(named);
        return (networks is null ? null : EncoderIdentity.Of(networks.Pipeline), refusal);
    }

    public void Dispose()
    {
        foreach (FacePipeline pipeline in _opened.Values)
            pipeline.Dispose();
    }

    private (LoadedNetworks? Networks, string? Refusal) Prepared(GalleryMethod named)
    {
        if (Known(named.Encoder) is { } known && _judged.TryGetValue((known, named.Rule), out LoadedNetworks? networks))
            return (networks, null);
        if (_failed is { } failed && failed.Named == named && time.Monotonic() - failed.At < BetweenTries)
            return (null, failed.Why);
        try
        {
            FacePipeline pipeline = Known(named.Encoder) ?? (_opened[named.Encoder] = open(named.Encoder.Id));
            return (_judged[(pipeline, named.Rule)] = judge(pipeline, named.Rule), null);
        }
        catch (UserErrorException refusal)
        {
            string why = Known(named.Encoder) is null
                ? $"The gallery names the encoder {named.Encoder.Id}, which cannot be used. {refusal.Message}"
                : $"The gallery names the rule of comparison {named.Rule.Name}, which cannot be used. {refusal.Message}";
            _failed = (named, time.Monotonic(), why);
            return (null, why);
        }
    }

    private FacePipeline? Known(EncoderIdentity named) =>
        named.IsSameAs(EncoderIdentity.Of(first.Pipeline)) ? first.Pipeline : _opened.GetValueOrDefault(named);
}
