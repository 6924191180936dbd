using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>Forms templates from the encodings of a data set, as a gallery forms them from enrolled pictures.</summary>
internal static class SampleTemplates
{
    // Groups of other draws share pictures, so they say little more than the first: they only make rare events countable.
    private const int MostDraws = 3;
    private const double EnoughComparisons = 2e7;

    /// <summary>The numbers of enrolled pictures for which templates are measured: a template of more pictures is nearer to
    /// everybody.</summary>
    public static IReadOnlyList<int> PictureCounts { get; } = [1, 2, 3, 5, 10];

    /// <summary>Forms templates of a number of pictures. A person's pictures are drawn without replacement, so that the templates of one
    /// draw share none; where that gives few comparisons, the pictures are drawn up to three times. The draws are the same in each
    /// run.</summary>
    /// <param name="enrolled">The encodings.</param>
    /// <param name="pictures">Number of pictures of a template, at least 1.</param>
    /// <param name="kind">How encodings become a template.</param>
    /// <returns>The templates by person; people with fewer pictures have none.</returns>
    public static EncodedSet Of(EncodedSet enrolled, int pictures, TemplateKind kind)
    {
        if (pictures == 1)
            return enrolled;
        double once = enrolled.CountOf.Sum(count => (double)(count / pictures)) * enrolled.Rows;
        int draws = (int)Math.Clamp(Math.Ceiling(EnoughComparisons / Math.Max(1, once)), 1, MostDraws);
        // Not a secret: the same draws in each run make results comparable.
#pragma warning disable CA5394
        Random random = new(pictures);
        List<float> vectors = [];
        List<int> people = [];
        for (int person = 0; person < enrolled.People.Count; person++)
        {
            (int first, int count) = enrolled.RowsOf(person);
            int[] rows = [.. Enumerable.Range(first, count)];
            for (int draw = 0; draw < (count == pictures ? 1 : draws); draw++)
            {
                random.Shuffle(rows);
                foreach (int[] group in rows.Chunk(pictures).Where(group => group.Length == pictures))
                {
                    vectors.AddRange(Of([.. group.SelectMany(row => enrolled.Vector(row).ToArray())], enrolled.Dimension, kind));
                    people.Add(person);
                }
            }
        }
#pragma warning restore CA5394
        return new EncodedSet(enrolled.People, [.. people], [.. vectors], enrolled.Dimension);
    }

    /// <summary>Forms the only template of one person.</summary>
    /// <param name="encodings">The person's encodings, one after the other; at least one.</param>
    /// <param name="dimension">Length of one encoding.</param>
    /// <param name="kind">How encodings become a template; not the nearest.</param>
    public static float[] Of(float[] encodings, int dimension, TemplateKind kind)
    {
        float[] template = new float[dimension];
        PersonTemplate.Write(kind, encodings, dimension, template);
        return template;
    }
}
