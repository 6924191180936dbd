using DoorAgent.Encodings;

namespace DoorAgent.Galleries;

/// <summary>Chooses the pictures of a person that are good and most different. Pure.</summary>
internal static class EncodingSelection
{
    /// <summary>
    /// The best picture first, then always the one whose quality times its distance to the nearest chosen one is largest
    /// (farthest-point selection, weighted). At equal worth the earlier one.
    /// </summary>
    /// <param name="pictures">All of them.</param>
    /// <param name="most">How many to choose at most, from 1.</param>
    /// <returns>Indices into <paramref name="pictures"/>, in the order in which they were chosen.</returns>
    public static IReadOnlyList<int> Choose(IReadOnlyList<EnrolledPicture> pictures, int most)
    {
        List<int> chosen = [];
        // Nothing is chosen yet, so everything is equally far and the best wins.
        float[] distance = [.. Enumerable.Repeat(FarthestPossible, pictures.Count)];
        bool[] isChosen = new bool[pictures.Count];
        while (chosen.Count < Math.Min(most, pictures.Count))
        {
            int next = Enumerable.Range(0, pictures.Count).Where(i => !isChosen[i]).MaxBy(i => pictures[i].Quality * distance[i]);
            chosen.Add(next);
            isChosen[next] = true;
            FaceEncoding taken = pictures[next].Encoding;
            for (int i = 0; i < pictures.Count; i++)
                distance[i] = MathF.Min(distance[i], pictures[i].Encoding.DistanceTo(taken));
        }

        return chosen;
    }

    private const float FarthestPossible = 2;
}
