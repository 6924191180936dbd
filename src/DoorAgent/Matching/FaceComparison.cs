using DoorAgent.Encodings;

namespace DoorAgent.Matching;

/// <summary>The gallery in use, its matcher and its networks, exchanged together.</summary>
/// <param name="options">Checked options.</param>
/// <param name="identifies">Whether faces are compared with everybody too.</param>
internal sealed class FaceComparison(MatchingOptions options, bool identifies)
{
    private FaceMatcher? _matcher;
    private FacePipeline? _pipeline;

    /// <summary>The gallery in use; null until there is one.</summary>
    public Gallery? Gallery { get; private set; }

    /// <summary>The networks that the gallery is for; null until there is one. The vision loop asks for this from its own thread.</summary>
    public FacePipeline? Pipeline => Volatile.Read(ref _pipeline);

    /// <summary>Whether what these networks read can be compared with the gallery: a frame that is still on its way when the encoder
    /// is exchanged cannot, and the next one can.</summary>
    public bool CanCompare(FacePipeline by) => Pipeline is not { } pipeline || pipeline == by;

    /// <summary>Uses a gallery from now on.</summary>
    /// <returns>Whether the encoder is another one than that of the gallery before.</returns>
    /// <exception cref="UserErrorException">The calibration does not reach so many encodings; the one before stays.</exception>
    public bool Use(Gallery gallery, LoadedNetworks networks)
    {
        (_matcher, Gallery) = (new FaceMatcher(gallery, networks.Thresholds, options, identifies), gallery);
        FacePipeline? before = Interlocked.Exchange(ref _pipeline, networks.Pipeline);
        return before is not null && before != networks.Pipeline;
    }

    /// <summary>Compares with the claimed person, or with everybody; null where there is nobody to compare with.</summary>
    public FaceMatch? Compare(long? claimed, FaceEncoding probe)
    {
        if (claimed is not { } id)
            return identifies ? _matcher?.Identify(probe) : null;
        // Somebody removed in the middle of their attempt: policy learns it from the gallery, and needs a comparison to ask.
        return Gallery?.Find(id) is { } person
            ? _matcher!.Verify(person, probe)
            : new FaceMatch(id, float.PositiveInfinity, 0, float.PositiveInfinity, IsMatch: false);
    }
}
