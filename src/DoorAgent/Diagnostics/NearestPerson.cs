using DoorAgent.Encodings;
using DoorAgent.Matching;

namespace DoorAgent.Diagnostics;

/// <summary>Finds the enrolled person nearest to a face, and the distance that a badge of that person would be compared with.</summary>
internal sealed class NearestPerson(Gallery gallery, Thresholds thresholds)
{
    /// <summary>Returns name, distance and threshold in words; null when nobody is enrolled with encodings.</summary>
    public string? WordsOf(FaceEncoding probe)
    {
        (Person? nearest, float distance) = (null, float.PositiveInfinity);
        foreach (Person person in gallery.People)
        {
            if (gallery.DistanceTo(person, probe) is var found && found < distance)
                (nearest, distance) = (person, found);
        }

        if (nearest is null)
            return null;
        float threshold = thresholds.Verification(nearest.EncodingCount);
        return distance < threshold
            ? FormattableString.Invariant($"{nearest.Name}, distance {distance:0.000} below {threshold:0.000}")
            : FormattableString.Invariant(
            $"nobody enrolled; nearest {nearest.Name}, distance {distance:0.000}, must be below {threshold:0.000}");
    }
}
