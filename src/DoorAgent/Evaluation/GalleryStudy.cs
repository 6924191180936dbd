using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>Compares a gallery with itself: each encoding with the person's others and with everybody else, as the door would.</summary>
/// <param name="People">The people, in the order of the gallery.</param>
/// <param name="NonMated">Distances of the comparisons of an encoding with a template of somebody else. Where each encoding is a template,
/// a pair is counted once.</param>
internal sealed record GalleryStudy(IReadOnlyList<SitePerson> People, DistanceDistribution NonMated)
{
    /// <summary>Claims of others: encodings of others that a person's threshold accepts.</summary>
    public ErrorRate FalseMatches => new(People.Sum(one => (long)one.FalseMatches), People.Sum(one => (long)one.Claims));

    /// <summary>Right claims: own encodings that a person's threshold refuses, each compared with the person's others.</summary>
    public ErrorRate FalseNonMatches => new(People.Sum(one => one.Refused), People.Sum(one => one.Own.Count));

    /// <summary>Compares everybody with everybody.</summary>
    /// <param name="set">The gallery's encodings, as they are compared.</param>
    /// <param name="kind">How a person's encodings become templates.</param>
    /// <param name="thresholdOf">Returns the distance for a claim against so many templates.</param>
    /// <param name="progress">Receives the number of people that were compared with all others.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static GalleryStudy Of(EncodedSet set, TemplateKind kind, Func<int, double> thresholdOf,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        bool isNearest = kind == TemplateKind.Nearest;
        EncodedSet templates = isNearest ? set : OneOfEach(set, kind);
        double[] thresholds = [.. set.CountOf.Select(count => count == 0 ? 0 : thresholdOf(PersonTemplate.Count(kind, count)))];
        List<Tally> tallies = [];
        int done = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, set.People.Count, options, () => new Tally(set.People.Count, new float[templates.Rows]), (person, _, tally) =>
        {
            (int first, int count) = set.RowsOf(person);
            for (int row = first; row < first + count; row++)
            {
                PairKernel.Dots(set.Vector(row), templates.Vectors, tally.Dots);
                tally.AddOthers(templates, thresholds, person);
            }

            progress?.Report(Interlocked.Increment(ref done));
            return tally;
        }, tally =>
        {
            lock (tallies)
                tallies.Add(tally);
        });
        double[] bins = new double[DistanceDistribution.Bins];
        foreach (Tally tally in tallies)
        {
            // With every encoding as a template each pair was compared from both sides.
            for (int bin = 0; bin < bins.Length; bin++)
                bins[bin] += isNearest ? tally.Bins[bin] / 2 : tally.Bins[bin];
        }

        return new GalleryStudy([.. Enumerable.Range(0, set.People.Count).Select(Person)], new DistanceDistribution(bins));

        SitePerson Person(int person)
        {
            int falseMatches = tallies.Sum(tally => tally.FalseMatches[person]);
            (float nearest, int other) = tallies.Select(tally => (tally.Nearest[person], tally.Who[person]))
                .DefaultIfEmpty((float.PositiveInfinity, -1)).MinBy(one => one.Item1);
            return new SitePerson(set.People[person], set.CountOf[person], thresholds[person], OwnOf(set, person, kind),
                other < 0 ? null : set.People[other], nearest, falseMatches, set.CountOf[person] == 0 ? 0 : set.Rows - set.CountOf[person]);
        }
    }

    /// <summary>Forms one template of each person who has an encoding.</summary>
    public static EncodedSet OneOfEach(EncodedSet set, TemplateKind kind)
    {
        int[] present = [.. Enumerable.Range(0, set.People.Count).Where(person => set.CountOf[person] > 0)];
        float[] vectors = [.. present.SelectMany(person =>
        {
            (int first, int count) = set.RowsOf(person);
            return SampleTemplates.Of([.. set.Vectors.AsSpan(first * set.Dimension, count * set.Dimension)], set.Dimension, kind);
        })];
        return new EncodedSet(set.People, present, vectors, set.Dimension);
    }

    private static double[] OwnOf(EncodedSet set, int person, TemplateKind kind)
    {
        (int first, int count) = set.RowsOf(person);
        return count < 2 ? [] : [.. Enumerable.Range(first, count).Select(row =>
        {
            float[] rest = [.. Enumerable.Range(first, count).Where(other => other != row)
                .SelectMany(other => set.Vector(other).ToArray())];
            float[] others = kind == TemplateKind.Nearest ? rest : SampleTemplates.Of(rest, set.Dimension, kind);
            float[] dots = new float[others.Length / set.Dimension];
            PairKernel.Dots(set.Vector(row), others, dots);
            return (double)FaceEncoding.DistanceOf(dots.Max());
        })];
    }


    /// <summary>What one worker has seen.</summary>
    private sealed class Tally(int people, float[] dots)
    {
        public float[] Dots { get; } = dots;

        public double[] Bins { get; } = new double[DistanceDistribution.Bins];

        public int[] FalseMatches { get; } = new int[people];

        public float[] Nearest { get; } = [.. Enumerable.Repeat(float.PositiveInfinity, people)];

        public int[] Who { get; } = [.. Enumerable.Repeat(-1, people)];

        /// <summary>Adds the comparisons of an encoding with the templates of everybody else.</summary>
        public void AddOthers(EncodedSet templates, double[] thresholds, int person)
        {
            for (int at = 0; at < Dots.Length;)
            {
                int other = templates.PersonOf[at], end = at + templates.CountOf[other];
                float nearest = float.PositiveInfinity;
                for (; at < end; at++)
                {
                    if (other == person)
                        continue;
                    float distance = FaceEncoding.DistanceOf(Dots[at]);
                    Bins[DistanceDistribution.BinOf(distance)]++;
                    nearest = MathF.Min(nearest, distance);
                }

                if (nearest < thresholds[other])
                    FalseMatches[other]++;
                if (nearest < Nearest[other])
                    (Nearest[other], Who[other]) = (nearest, person);
            }
        }
    }
}
