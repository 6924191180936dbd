using DoorAgent.Encodings;

namespace DoorAgent.Galleries;

/// <summary>Chooses a person's best and most different pictures. Pure.</summary>
internal static class EncodingSelection
{
    /// <summary>
    /// Takes the best picture first, then repeatedly the picture with the largest product of its quality and its distance to the nearest
    /// chosen picture (weighted farthest-point selection). The earlier picture wins a tie.
    /// </summary>
    /// <param name="pictures">All pictures.</param>
    /// <param name="most">The largest number to choose, from 1.</param>
    /// <returns>Indices into <paramref name="pictures"/>, in the order in which they were chosen.</returns>
    public static IReadOnlyList<int> Choose(IReadOnlyList<EnrolledPicture> pictures, int most)
    {
        List<int> chosen = [];
        // Nothing is chosen yet: all pictures are equally far away, and the best one wins.
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
