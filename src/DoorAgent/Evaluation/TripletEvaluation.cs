namespace DoorAgent.Evaluation;

/// <summary>The triplets of a batch and their loss (Schroff et al. 2015, FaceNet), with squared distances.</summary>
/// <param name="Rows">Number of encodings in the batch.</param>
/// <param name="People">Number of people in the batch.</param>
/// <param name="Margin">The margin alpha.</param>
/// <param name="Triplets">Number of all triplets (anchor, positive, negative) of the batch.</param>
/// <param name="Violated">Share of all triplets with |a - p|^2 + alpha &gt; |a - n|^2, 0 to 1.</param>
/// <param name="MeanLoss">Mean loss of the triplets with the hard negative: for each anchor and positive, the nearest negative.</param>
/// <param name="HardViolated">Share of these triplets that are violated, 0 to 1.</param>
/// <param name="SemiHard">Number of pairs of anchor and positive with a semi-hard negative: a network still learns from them.</param>
internal sealed record TripletEvaluation(int Rows, int People, double Margin, long Triplets, double Violated, double MeanLoss,
    double HardViolated, int SemiHard)
{
    // The distances of all rows with all rows are kept, and the negatives are sorted for each row.
    private const int MostRows = 1000, MostOfAPerson = 10;

    /// <summary>Evaluates a batch of people with several pictures, drawn by lot.</summary>
    /// <param name="set">The encodings.</param>
    /// <param name="seed">Start of the draw.</param>
    /// <param name="margin">The margin alpha, above 0.</param>
    /// <returns>Null if fewer than two people have a second picture.</returns>
    public static TripletEvaluation? Of(EncodedSet set, int seed, double margin = TripletLoss.DefaultAlpha)
    {
        int[] rows = Batch(set, new Random(seed)), people = [.. rows.Select(row => set.PersonOf[row])];
        if (people.Distinct().Count() < 2)
            return null;
        float[][] encodings = [.. rows.Select(row => set.Vector(row).ToArray())];
        TripletSelection selection = new(encodings, people);
        IReadOnlyList<Triplet> hard = selection.HardNegatives();
        (long triplets, long violated) = Count(selection, people, margin);
        return new TripletEvaluation(rows.Length, people.Distinct().Count(), margin, triplets, (double)violated / triplets,
            TripletLoss.Of(Part(one => one.Anchor), Part(one => one.Positive), Part(one => one.Negative), margin) / hard.Count,
            (double)hard.Count(one => selection.Violates(one, margin)) / hard.Count, selection.SemiHard(margin).Count);

        float[][] Part(Func<Triplet, int> row) => [.. hard.Select(one => encodings[row(one)])];
    }

    private static int[] Batch(EncodedSet set, Random random)
    {
        int[] people = [.. Enumerable.Range(0, set.People.Count).Where(person => set.CountOf[person] > 1)];
        random.Shuffle(people);
        List<int> batch = [];
        foreach (int person in people)
        {
            (int first, int count) = set.RowsOf(person);
            int[] rows = [.. Enumerable.Range(first, count)];
            random.Shuffle(rows);
            if (batch.Count + Math.Min(count, MostOfAPerson) > MostRows)
                break;
            batch.AddRange(rows.Take(MostOfAPerson));
        }

        return [.. batch];
    }

    private static (long Triplets, long Violated) Count(TripletSelection selection, int[] people, double margin)
    {
        long triplets = 0, violated = 0;
        for (int anchor = 0; anchor < people.Length; anchor++)
        {
            for (int positive = 0; positive < people.Length; positive++)
            {
                if (positive == anchor || people[positive] != people[anchor])
                    continue;
                for (int negative = 0; negative < people.Length; negative++)
                {
                    if (people[negative] == people[anchor])
                        continue;
                    triplets++;
                    if (selection.Violates(new Triplet(anchor, positive, negative), margin))
                        violated++;
                }
            }
        }

        return (triplets, violated);
    }
}
