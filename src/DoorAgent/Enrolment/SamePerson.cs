using DoorAgent.Encodings;

namespace DoorAgent.Enrolment;

/// <summary>Tells which pictures of a set show one person. Pure.</summary>
internal static class SamePerson
{
    /// <summary>
    /// Pictures nearer to each other than the threshold are of one person, and so are those that a chain of such pictures
    /// joins: a person with and without beard is joined by the pictures in between. The person of the set is who the trusted
    /// pictures show; without any, who more than half of the pictures show.
    /// </summary>
    /// <param name="encodings">The set, trusted pictures first.</param>
    /// <param name="trusted">How many of them are known to be of the person.</param>
    /// <param name="threshold">Distance below which two pictures are of one person.</param>
    /// <returns>For each picture whether it shows the person; null when no person has the majority.</returns>
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

    private static int[] Groups(IReadOnlyList<FaceEncoding> encodings, float threshold)
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
