using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>How well one kind of template recognises the people of a set, claim by claim.</summary>
/// <param name="Kind">How a person's encodings become templates.</param>
/// <param name="Pictures">Number of enrolled pictures of each person.</param>
/// <param name="People">Number of enrolled people.</param>
/// <param name="Claims">Distances of claims: of a picture to the nearest template of the claimed person. Kinds are compared at equal false
/// match rates of a claim, because each kind has its own distances and numbers of comparisons.</param>
internal sealed record TemplateTrial(TemplateKind Kind, int Pictures, int People, MatchErrors Claims)
{
    /// <summary>Tries every kind: people with more pictures than are enrolled are enrolled with pictures drawn by lot; their other pictures
    /// are right claims, and all pictures of everybody else are wrong claims.</summary>
    /// <param name="set">The encodings.</param>
    /// <param name="pictures">Number of enrolled pictures of each person, at least 2.</param>
    /// <param name="seed">Start of the draw.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>One trial for each kind; none if fewer than two people have enough pictures.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<TemplateTrial> Of(EncodedSet set, int pictures, int seed, CancellationToken cancellation)
    {
        int[] people = [.. Enumerable.Range(0, set.People.Count).Where(person => set.CountOf[person] > pictures)];
        if (people.Length < 2)
            return [];
#pragma warning disable CA5394 // Not a secret: the same draws in each run make results comparable.
        Random random = new(seed);
        int[][] rows = [.. people.Select(person =>
        {
            (int first, int count) = set.RowsOf(person);
            int[] mixed = [.. Enumerable.Range(first, count)];
            random.Shuffle(mixed);
            return mixed;
        })];
#pragma warning restore CA5394
        int[][] enrolled = [.. rows.Select(mixed => mixed[..pictures])];
        int[] claimed = [.. Enumerable.Range(0, set.Rows).Except(enrolled.SelectMany(row => row))];
        return [.. Enum.GetValues<TemplateKind>().Select(kind => new TemplateTrial(kind, pictures, people.Length,
            Compare(set, people, enrolled, claimed, kind, cancellation)))];
    }

    private static MatchErrors Compare(EncodedSet set, int[] people, int[][] enrolled, int[] claimed, TemplateKind kind,
        CancellationToken cancellation)
    {
        float[][] templates = [.. enrolled.Select(rows =>
            PersonTemplate.Of(kind, rows.SelectMany(row => set.Vector(row).ToArray()).ToArray(), set.Dimension))];
        float[] all = [.. templates.SelectMany(template => template)];
        int each = templates[0].Length / set.Dimension;
        IReadOnlyList<Counts> counts = CoreWorkers.Run(claimed.Length, () => new Counts(all.Length / set.Dimension), (worker, at) =>
        {
            PairKernel.Dots(set.Vector(claimed[at]), all, worker.Dots);
            for (int person = 0; person < people.Length; person++)
            {
                float nearest = worker.Dots.AsSpan(person * each, each)[0];
                foreach (float dot in worker.Dots.AsSpan(person * each, each))
                    nearest = MathF.Max(nearest, dot);
                bool isMated = set.PersonOf[claimed[at]] == people[person];
                (isMated ? worker.Mated : worker.NonMated)[DistanceDistribution.BinOfDot(nearest)]++;
            }
        }, cancellation);
        return MatchErrors.Sum([.. counts.Select(worker =>
            new MatchErrors(new DistanceDistribution(worker.Mated), new DistanceDistribution(worker.NonMated)))]);
    }

    private sealed class Counts(int templates)
    {
        public float[] Dots { get; } = new float[templates];

        public double[] Mated { get; } = new double[DistanceDistribution.Bins];

        public double[] NonMated { get; } = new double[DistanceDistribution.Bins];
    }
}
