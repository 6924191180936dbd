using DoorAgent.Encodings;

namespace DoorAgent.Matching;

/// <summary>The gallery in use and its matcher, exchanged together.</summary>
/// <param name="thresholds">Rates to distances, for the networks in use.</param>
/// <param name="options">Checked options.</param>
/// <param name="identifies">Whether faces are compared with everybody too.</param>
internal sealed class FaceComparison(Thresholds thresholds, MatchingOptions options, bool identifies)
{
    private FaceMatcher? _matcher;

    /// <summary>The gallery in use; null until there is one.</summary>
    public Gallery? Gallery { get; private set; }

    /// <summary>Uses a gallery from now on.</summary>
    /// <exception cref="UserErrorException">The calibration does not reach so many encodings; the one before stays.</exception>
    public void Use(Gallery gallery) => (_matcher, Gallery) = (new FaceMatcher(gallery, thresholds, options, identifies), gallery);

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
