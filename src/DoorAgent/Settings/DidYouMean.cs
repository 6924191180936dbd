namespace DoorAgent.Settings;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class DidYouMean
{
    /// <summary>More words than that are not read by anybody: ten thousand names are no help.</summary>
    private const int MostNamed = 40;

    /// <summary>No word of ours is nearly as long. Comparing takes time and memory by the product of both lengths.</summary>
    private const int LongestCompared = 200;

    /// <summary>A sentence to put behind an error: the known word nearest to <paramref name="word"/>, or what there is when none is near.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0)
            return "";
        string nearest = known.OrderBy(candidate => Edits(word, candidate)).ThenBy(candidate => candidate, StringComparer.Ordinal).First();
        return IsNear(word, Edits(word, nearest))
            ? $" Did you mean {nearest}?"
            : $" Known here: {string.Join(", ", known.Take(MostNamed))}{(known.Count > MostNamed ? $" and {known.Count - MostNamed} more" : "")}.";
    }

    /// <summary>Whether so many edits are a slip: at most a third of the word, or two letters.</summary>
    public static bool IsNear(string word, int edits) => edits <= Math.Max(2, word.Length / 3);

    /// <summary>How many letters must be added, dropped, changed or exchanged with their neighbour to get from one word to the
    /// other, whatever their case. A word that nobody can have meant, by its length, counts as wholly different.</summary>
    public static int Edits(string from, string to)
    {
        if (Math.Max(from.Length, to.Length) > LongestCompared)
            return Math.Max(from.Length, to.Length);
        int[,] edits = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                int changed = edits[i - 1, j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1);
                edits[i, j] = Math.Min(changed, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        return edits[from.Length, to.Length];
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
