using System.Numerics.Tensors;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Matching;

namespace DoorAgent.Evaluation;

/// <summary>A person's pictures, divided into those that show the person and those that are far from them.</summary>
/// <param name="Index">Index of the person in the gallery.</param>
/// <param name="Person">The person.</param>
/// <param name="Own">Indexes of the pictures that show the person, within the person's pictures.</param>
/// <param name="Far">Indexes of the other pictures.</param>
internal sealed record AuditedPerson(int Index, Person Person, IReadOnlyList<int> Own, IReadOnlyList<int> Far)
{
    /// <summary>
    /// Divides a person's pictures. Pictures joined by distances below <paramref name="joined"/> show one person, as at enrolment; the
    /// largest such group shows the person, and of equally large ones the group that is least like anybody else. A picture outside is far
    /// where it is also beyond <paramref name="far"/> from the group's mean, or where somebody else is near.
    /// </summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="index">Index of the person.</param>
    /// <param name="joined">Distance below which two pictures show one person.</param>
    /// <param name="far">Distance that hardly any picture of the person has from the mean of the others.</param>
    /// <param name="otherOf">Distance of a row of the gallery to the nearest picture of another person; infinite without one.</param>
    public static AuditedPerson Of(Gallery gallery, int index, float joined, float far, Func<int, float> otherOf)
    {
        Person person = gallery.People[index];
        FaceEncoding[] encodings = [.. gallery.EncodingsOf(person)];
        ILookup<int, int> groups = SamePerson.Groups(encodings, joined).Index().ToLookup(one => one.Item, one => one.Index);
        if (groups.Count <= 1)
            return new AuditedPerson(index, person, [.. Enumerable.Range(0, encodings.Length)], []);
        int[] own = [.. groups.OrderByDescending(group => group.Count()).ThenByDescending(group => group.Min(Other)).First()];
        FaceEncoding mean = MeanOf([.. own.Select(i => encodings[i])]);
        int[] outside =
        [
            .. Enumerable.Range(0, encodings.Length).Except(own).Where(i => mean.DistanceTo(encodings[i]) >= far || Other(i) < joined),
        ];
        return new AuditedPerson(index, person, [.. Enumerable.Range(0, encodings.Length).Except(outside)], outside);

        float Other(int picture) => otherOf(person.FirstEncoding + picture);
    }

    private static FaceEncoding MeanOf(FaceEncoding[] encodings)
    {
        float[] sum = new float[encodings[0].Dimension];
        foreach (FaceEncoding encoding in encodings)
            TensorPrimitives.Add(sum, encoding.Vector, sum);
        return FaceEncoding.Normalised(sum);
    }
}
