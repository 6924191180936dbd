namespace DoorAgent.Evaluation;

/// <summary>Draws pairs from a set that has no pairs file, as LFW's were drawn: first the people, each with the same chance, then their
/// pictures. The folds share no person.</summary>
internal static class PairDrawing
{
    // As in LFW's View 2.
    private const int PairsOfAFold = 300;

    // Draws that repeat a pair are made again, but a small set has no others.
    private const int Attempts = 20 * PairsOfAFold;

    /// <summary>Draws pairs; each fold has as many of one person as of two.</summary>
    /// <param name="encodings">The set; only pictures with an encoding are drawn.</param>
    /// <param name="folds">Number of folds; one without a person with two pictures, or with one person, has no pairs.</param>
    /// <param name="seed">Start of the draw.</param>
    public static IReadOnlyList<SetPair> Of(EncodedSet encodings, int folds, int seed)
    {
        Random random = new(seed);
        // Those with several pictures are dealt out first, so that each fold has its share of them.
        int[] people = [.. Enumerable.Range(0, encodings.People.Count).Where(person => encodings.CountOf[person] > 0)];
        random.Shuffle(people);
        int[][] parts = [.. people.OrderBy(person => encodings.CountOf[person] < 2).Index()
            .GroupBy(one => one.Index % folds, one => one.Item).Select(part => part.ToArray())];
        return [.. parts.Index().SelectMany(part => Fold(encodings, part.Item, part.Index, random))];
    }

    private static IEnumerable<SetPair> Fold(EncodedSet encodings, int[] people, int fold, Random random)
    {
        int[] several = [.. people.Where(person => encodings.CountOf[person] > 1)];
        if (several.Length == 0 || people.Length < 2)
            return [];
        SetPair[] mated = Distinct(() =>
        {
            (int first, int count) = encodings.RowsOf(several[random.Next(several.Length)]);
            return Pair(first + random.Next(count), first + random.Next(count), isMated: true);
        });
        SetPair[] nonMated = Distinct(() =>
        {
            int one = random.Next(people.Length), other = random.Next(people.Length);
            return one == other ? null : Pair(RowOf(people[one]), RowOf(people[other]), isMated: false);
        });
        int pairs = Math.Min(mated.Length, nonMated.Length);
        return [.. mated.Take(pairs), .. nonMated.Take(pairs)];

        int RowOf(int person)
        {
            (int first, int count) = encodings.RowsOf(person);
            return first + random.Next(count);
        }

        SetPair? Pair(int one, int other, bool isMated) => one == other ? null
            : new SetPair(encodings.PictureOf[Math.Min(one, other)], encodings.PictureOf[Math.Max(one, other)], isMated, fold);
    }

    private static SetPair[] Distinct(Func<SetPair?> draw) =>
        [.. Enumerable.Range(0, Attempts).Select(_ => draw()).OfType<SetPair>().Distinct().Take(PairsOfAFold)];
}
