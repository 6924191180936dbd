using DoorAgent.Encodings;

namespace DoorAgent.Matching;

/// <summary>
/// Compares a probe with a gallery, using precomputed thresholds. Allocates nothing, and does not throw for a probe of the gallery's
/// dimension.
/// </summary>
internal sealed class FaceMatcher
{
    private readonly Gallery _gallery;
    private readonly Dictionary<long, float> _verification = [];
    private readonly Dictionary<long, List<Person>> _separated = [];
    private readonly float _identification;
    private readonly float _margin;

    /// <param name="gallery">The enrolled people.</param>
    /// <param name="thresholds">Conversion of error rates to distances.</param>
    /// <param name="options">Source of the margin.</param>
    /// <param name="identifies">Whether a face without a claim is compared with all people.</param>
    /// <exception cref="UserErrorException">The calibration does not support the number of encodings of a person or of all.</exception>
    /// <exception cref="ArgumentException">The thresholds belong to another rule of comparison than the gallery's.</exception>
    public FaceMatcher(Gallery gallery, Thresholds thresholds, MatchingOptions options, bool identifies)
    {
        if (gallery.Rule != thresholds.Rule)
            throw new ArgumentException($"Distances for {thresholds.Rule} do not hold for {gallery.Rule}.", nameof(thresholds));
        (_gallery, _margin) = (gallery, (float)options.Margin);
        Dictionary<int, float> byCount = [];
        foreach (Person person in gallery.People)
        {
            if (!byCount.TryGetValue(person.EncodingCount, out float threshold))
                byCount[person.EncodingCount] = threshold = thresholds.Verification(person.EncodingCount);
            _verification[person.Id] = threshold;
        }

        foreach (SeparatedPair pair in gallery.Separated)
        {
            Separate(pair.One, pair);
            Separate(pair.Other, pair);
        }

        _identification = identifies ? thresholds.Identification(gallery.EncodingCount) : 0;
        UsesEstimates = byCount.Keys.Any(thresholds.IsVerificationEstimated)
            || (identifies && thresholds.IsIdentificationEstimated(gallery.EncodingCount));
    }

    /// <summary>Whether a threshold is an estimate beyond the measured table.</summary>
    public bool UsesEstimates { get; }

    /// <summary>Verifies 1:1 against the claimed person, and against those from whom the person is separated.</summary>
    public FaceMatch Verify(Person claimed, FaceEncoding probe)
    {
        ReadOnlySpan<float> prepared = _gallery.Prepare(probe, stackalloc float[_gallery.Dimension]);
        float distance = _gallery.DistanceTo(claimed, prepared), second = float.PositiveInfinity;
        if (_separated.TryGetValue(claimed.Id, out List<Person>? others))
        {
            foreach (Person other in others)
                second = MathF.Min(second, _gallery.DistanceTo(other, prepared));
        }

        float threshold = _verification[claimed.Id];
        return new FaceMatch(claimed.Id, distance, threshold, second, distance < threshold && second - distance >= _margin);
    }

    /// <summary>Identifies 1:K: a match is the nearest person, if near enough and clear of the second; null if nobody is
    /// enrolled.</summary>
    public FaceMatch? Identify(FaceEncoding probe)
    {
        ReadOnlySpan<float> prepared = _gallery.Prepare(probe, stackalloc float[_gallery.Dimension]);
        Person? found = null;
        float nearest = float.PositiveInfinity, second = float.PositiveInfinity;
        foreach (Person person in _gallery.People)
        {
            float distance = _gallery.DistanceTo(person, prepared);
            if (distance < nearest)
                (found, second, nearest) = (person, nearest, distance);
            else if (distance < second)
                second = distance;
        }

        if (found is null)
            return null;
        float threshold = MathF.Min(_identification, _verification[found.Id]);
        return new FaceMatch(found.Id, nearest, threshold, second, nearest < threshold && second - nearest >= _margin);
    }

    private void Separate(long person, SeparatedPair pair)
    {
        _verification[person] = MathF.Min(_verification[person], pair.Distance);
        if (!_separated.TryGetValue(person, out List<Person>? others))
            _separated[person] = others = [];
        others.Add(_gallery.Find(pair.Beside(person))!);
    }
}
