using DoorAgent.Matching;

namespace DoorAgent.Evaluation;

/// <summary>The distances of the nearest encodings of people, each with each.</summary>
/// <param name="Names">Names of the people, in the order of rows and columns.</param>
/// <param name="Distances">The distances, row after row; on the diagonal the distance of the person's own two farthest encodings, NaN for
/// fewer than two encodings.</param>
internal sealed record DistanceMatrix(IReadOnlyList<string> Names, float[] Distances)
{
    public float At(int row, int column) => Distances[(row * Names.Count) + column];

    /// <summary>Compares people of a gallery with each other.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="people">Indexes of the people.</param>
    public static DistanceMatrix Of(Gallery gallery, IReadOnlyList<int> people)
    {
        float[] distances = new float[people.Count * people.Count];
        for (int row = 0; row < people.Count; row++)
        {
            Encodings.FaceEncoding[] encodings = [.. gallery.EncodingsOf(gallery.People[people[row]])];
            distances[(row * people.Count) + row] = encodings.Length < 2 ? float.NaN
                : encodings.Max(one => encodings.Max(one.DistanceTo));
            for (int column = 0; column < people.Count; column++)
            {
                if (column != row)
                    distances[(row * people.Count) + column] = gallery.DistanceBetween(gallery.People[people[row]],
                        gallery.People[people[column]]);
            }
        }

        return new DistanceMatrix([.. people.Select(index => gallery.People[index].Name)], distances);
    }
}
