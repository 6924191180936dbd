using DoorAgent.Encodings;

namespace DoorAgent.Enrolment;

/// <summary>Finds the pictures in a set that show one person. Pure.</summary>
internal static class SamePerson
{
    /// <summary>
    /// Pictures nearer to each other than the threshold show one person, and so do pictures joined by a chain of such pictures: pictures in
    /// between join a person with a beard to the same person without. The person of the set is the one on the trusted pictures; without
    /// trusted pictures, the one on more than half of the pictures.
    /// </summary>
    /// <param name="encodings">Encodings of the pictures, trusted ones first.</param>
    /// <param name="trusted">How many of them are known to show the person.</param>
    /// <param name="threshold">Distance below which two pictures show one person.</param>
    /// <returns>For each picture whether it shows the person; null when nobody has the majority.</returns>
    public static bool[]? Of(IReadOnlyList<FaceEncoding> encodings, int trusted, float threshold)
    {
        int[] group = Groups(encodings, threshold);
        if (trusted > 0)
        {
            HashSet<int> known = [.. group.Take(trusted)];
            return [.. group.Select(known.Contains)];
        }

        IGrouping<int, int>? largest = group.GroupBy(id => id).MaxBy(members => members.Count());
        return largest is not null && 2 * largest.Count() > encodings.Count ? [.. group.Select(id => id == largest.Key)] : null;
    }

    /// <summary>Groups pictures that are joined by a chain of distances below the threshold.</summary>
    /// <returns>For each picture the number of its group.</returns>
    public static int[] Groups(IReadOnlyList<FaceEncoding> encodings, float threshold)
    {
        int[] group = [.. Enumerable.Range(0, encodings.Count)];
        for (int i = 0; i < encodings.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (group[i] == group[j] || encodings[i].DistanceTo(encodings[j]) >= threshold)
                    continue;
                (int from, int to) = (group[i], group[j]);
                for (int k = 0; k <= i; k++)
                    group[k] = group[k] == from ? to : group[k];
            }
        }

        return group;
    }
}
