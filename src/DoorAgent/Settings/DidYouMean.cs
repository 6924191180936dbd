namespace DoorAgent.Settings;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class DidYouMean
{
    /// <summary>The most known words that are listed: nobody reads more.</summary>
    private const int MostNamed = 40;

    /// <summary>Longer than any word of this program. A comparison takes time and memory by the product of both lengths.</summary>
    private const int LongestCompared = 200;

    /// <summary>A sentence to append to an error: the known word nearest to <paramref name="word"/>, or all known words.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0)
            return "";
        string nearest = known.OrderBy(candidate => Edits(word, candidate)).ThenBy(candidate => candidate, StringComparer.Ordinal).First();
        return IsNear(word, Edits(word, nearest))
            ? $" Did you mean {nearest}?"
            : $" Known here: {string.Join(", ", known.Take(MostNamed))}"
                + $"{(known.Count > MostNamed ? $" and {known.Count - MostNamed} more" : "")}.";
    }

    /// <summary>Whether this number of edits is a typing error: at most a third of the word, or two letters.</summary>
    public static bool IsNear(string word, int edits) => edits <= Math.Max(2, word.Length / 3);

    /// <summary>How many letters must be added, dropped, changed or exchanged with their neighbour to get from one word to the
    /// other, whatever their case. A word too long to be meant counts as entirely different.</summary>
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
