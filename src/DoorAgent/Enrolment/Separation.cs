using DoorAgent.Encodings;
using DoorAgent.Matching;

namespace DoorAgent.Enrolment;

/// <summary>How many of a person's pictures are recognised by the person's other pictures under a stricter rule.</summary>
/// <param name="Accepted">The number, 0 to <paramref name="Tried"/>.</param>
/// <param name="Tried">How many pictures were tried; 0 for a person with one picture, which has no other one.</param>
internal readonly record struct SeparatedSide(int Accepted, int Tried)
{
    public bool IsTried => Tried > 0;

    /// <summary>Whether at least half of the pictures are recognised.</summary>
    public bool IsRecognised => IsTried && 2 * Accepted >= Tried;
}

/// <summary>A stricter rule for two people who look alike (<see cref="SeparatedPair"/>), and what it does to them. Pure.</summary>
/// <param name="Distance">The pair's distance.</param>
/// <param name="One">What happens to one of them.</param>
/// <param name="Other">What happens to the other one.</param>
internal sealed record Separation(float Distance, SeparatedSide One, SeparatedSide Other)
{
    // The gallery keeps a distance above 0 and below 2.
    private const float Least = 0.001f, Most = 1.999f;

    /// <summary>Whether the door still recognises both, as far as their pictures can tell.</summary>
    public bool IsPossible => One.IsRecognised && Other.IsRecognised;

    /// <summary>Computes the rule.</summary>
    /// <param name="one">The pictures of one person as they are compared (centred where the rule is), at least one.</param>
    /// <param name="other">The pictures of the other person, likewise.</param>
    /// <param name="thresholds">Thresholds of the networks in use.</param>
    /// <param name="margin">Matching:Margin.</param>
    /// <param name="distance">The pair's distance; null for the distance of the picture of one that is nearest to the other one, with which
    /// no enrolled picture of one opens for the other.</param>
    public static Separation Of(IReadOnlyList<FaceEncoding> one, IReadOnlyList<FaceEncoding> other, Thresholds thresholds, float margin,
        float? distance = null)
    {
        Templates ones = new(one, thresholds.Rule.Template), others = new(other, thresholds.Rule.Template);
        float pair = Math.Clamp(distance ?? Math.Min(one.Min(others.DistanceTo), other.Min(ones.DistanceTo)), Least, Most);
        return new Separation(pair, Side(ones, others, thresholds, pair, margin), Side(others, ones, thresholds, pair, margin));
    }

    private static SeparatedSide Side(Templates own, Templates others, Thresholds thresholds, float pair, float margin)
    {
        if (own.Pictures.Count < 2)
            return default;
        float threshold = Math.Min(pair, thresholds.Verification(own.Count));
        return new SeparatedSide(own.Pictures.Index().Count(picture =>
        {
            float distance = own.Without(picture.Index).DistanceTo(picture.Item);
            return distance < threshold && distance + margin <= others.DistanceTo(picture.Item);
        }), own.Pictures.Count);
    }
}
