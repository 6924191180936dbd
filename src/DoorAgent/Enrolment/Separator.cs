using DoorAgent.Encodings;
using DoorAgent.Galleries;
using DoorAgent.Matching;

namespace DoorAgent.Enrolment;

/// <summary>Separates people who look alike (<see cref="Separation"/>), from their pictures in the gallery.</summary>
/// <param name="picturesOf">Returns the pictures of an enrolled person by name.</param>
/// <param name="thresholds">Thresholds of the networks in use.</param>
/// <param name="margin">Matching:Margin.</param>
internal sealed class Separator(Func<string, IReadOnlyList<EnrolledPicture>> picturesOf, Thresholds thresholds, double margin)
{
    /// <summary>Computes the rule of a person and an enrolled one.</summary>
    /// <param name="person">Pictures of the person, at least one.</param>
    /// <param name="other">Name of the enrolled person, who has at least one picture.</param>
    /// <param name="centre">The gallery's centre; null without one.</param>
    /// <param name="distance">The pair's distance; null for the one of their pictures.</param>
    public Separation Between(IEnumerable<FaceEncoding> person, string other, EncodingCentre? centre, float? distance = null)
    {
        return Separation.Of([.. person.Select(Compared)], [.. picturesOf(other).Select(picture => Compared(picture.Encoding))], thresholds,
            (float)margin, distance);

        FaceEncoding Compared(FaceEncoding encoding) => centre?.Apply(encoding) ?? encoding;
    }
}
