using DoorAgent.Encodings;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Matching;

/// <summary>A face pipeline whose networks passed their self-tests, with the thresholds of its calibration for one rule of
/// comparison.</summary>
internal sealed record LoadedNetworks(FacePipeline Pipeline, Thresholds Thresholds)
{
    /// <summary>Prepares the pipeline to encode faces that are compared with a gallery: with the mirror image if the rule says so. Only
    /// who reads with the pipeline may call this.</summary>
    public FacePipeline ForProbes() => With(Thresholds.Rule.HasFlippedProbes);

    /// <summary>Prepares the pipeline to encode faces for a gallery.</summary>
    public FacePipeline ForEnrolment() => With(Thresholds.Rule.HasFlippedEncodings);

    private FacePipeline With(bool flips)
    {
        Pipeline.Flips = flips;
        return Pipeline;
    }
}

/// <summary>The gallery in use with its matcher and face pipeline, which are replaced together.</summary>
/// <param name="options">Checked options.</param>
/// <param name="identifies">Whether a face without a claim is compared with all people.</param>
internal sealed class FaceComparison(MatchingOptions options, bool identifies)
{
    private FaceMatcher? _matcher;
    private LoadedNetworks? _networks;

    /// <summary>The gallery in use; null before the first.</summary>
    public Gallery? Gallery { get; private set; }

    /// <summary>The networks and thresholds that fit the gallery; null before the first gallery. The vision loop reads this from its own
    /// thread.</summary>
    public LoadedNetworks? Networks => Volatile.Read(ref _networks);

    /// <summary>What the reader of thresholds must know; null while all were measured.</summary>
    public string? EstimatesNote => _matcher?.UsesEstimates != true ? null
        : "thresholds of this gallery are ESTIMATES beyond the measured table "
            + $"({MatchingOptions.Section}:{nameof(MatchingOptions.AcceptEstimates)})";

    /// <summary>The error rates of the thresholds, and on which pictures they were measured; null where no table is used.</summary>
    public string? RatesNote => options.Distance is null && Networks is { } networks
        && networks.Pipeline.CalibrationOf(networks.Thresholds.Rule) is { MeasuredOn.Length: > 0 } table
        ? $"{MatchingOptions.Section}:{nameof(MatchingOptions.Fmr)} {SettingText.Of(options.Fmr)}"
            + (identifies ? $", {nameof(MatchingOptions.Fpir)} {SettingText.Of(options.Fpir)}" : "")
            + $", as measured on {table.MeasuredOn}; before one camera people are more alike: 'dooragent calibrate' checks"
        : null;

    /// <summary>Returns whether encodings of networks can be compared with the gallery. After a change of the encoder or the rule, a frame
    /// that was already in the queue cannot be compared.</summary>
    public bool CanCompare(LoadedNetworks by) => Networks is not { } networks || networks == by;

    /// <summary>Replaces the gallery and its networks.</summary>
    /// <returns>Whether the networks or the rule of comparison differ from those of the previous gallery.</returns>
    /// <exception cref="UserErrorException">The calibration does not support this many encodings; the previous gallery stays in
    /// use.</exception>
    public bool Use(Gallery gallery, LoadedNetworks networks)
    {
        (_matcher, Gallery) = (new FaceMatcher(gallery, networks.Thresholds, options, identifies), gallery);
        LoadedNetworks? before = Interlocked.Exchange(ref _networks, networks);
        return before is not null && (before.Pipeline != networks.Pipeline || before.Thresholds.Rule != networks.Thresholds.Rule);
    }

    /// <summary>Compares a probe with the claimed person, or with all people; returns null if there is nobody to compare with.</summary>
    public FaceMatch? Compare(long? claimed, FaceEncoding probe)
    {
        if (claimed is not { } id)
            return identifies ? _matcher?.Identify(probe) : null;
        // A person was removed during their attempt: the policy notices this in the gallery, but only when a comparison arrives.
        return Gallery?.Find(id) is { } person
            ? _matcher!.Verify(person, probe)
            : new FaceMatch(id, float.PositiveInfinity, 0, float.PositiveInfinity, IsMatch: false);
    }
}
