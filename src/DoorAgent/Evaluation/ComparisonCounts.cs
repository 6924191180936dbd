namespace DoorAgent.Evaluation;

/// <summary>How many non-mated comparisons the people of a data set make.</summary>
/// <param name="Templates">Number of templates of each person.</param>
/// <param name="Pictures">Number of pictures of each person that are compared with the others' templates.</param>
/// <param name="IsSymmetric">Whether templates and pictures are the same encodings, so that a pair is compared once.</param>
internal sealed record ComparisonCounts(IReadOnlyList<int> Templates, IReadOnlyList<int> Pictures, bool IsSymmetric)
{
    public int People => Pictures.Count;

    /// <summary>Creates the counts of all pairs of single pictures.</summary>
    /// <param name="pictures">Number of pictures of each person.</param>
    public static ComparisonCounts OfPairs(IReadOnlyList<int> pictures) => new(pictures, pictures, IsSymmetric: true);

    /// <summary>Returns the number of comparisons of different people.</summary>
    public double Total() => Total([.. Enumerable.Repeat(1, People)]);

    /// <summary>Returns the number of comparisons of different people in a sample of people.</summary>
    /// <param name="draws">How often each person was drawn. Two draws of one person are not compared.</param>
    public double Total(ReadOnlySpan<int> draws)
    {
        double templates = 0, pictures = 0, own = 0;
        for (int i = 0; i < draws.Length; i++)
        {
            templates += (double)draws[i] * Templates[i];
            pictures += (double)draws[i] * Pictures[i];
            own += (double)draws[i] * draws[i] * Templates[i] * Pictures[i];
        }

        return ((templates * pictures) - own) / (IsSymmetric ? 2 : 1);
    }
}
