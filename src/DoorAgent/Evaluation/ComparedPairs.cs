namespace DoorAgent.Evaluation;

/// <summary>A pair of pictures after its comparison.</summary>
/// <param name="Distance">The distance, 0 to 2; infinite where a picture shows no face, so that the pair never matches.</param>
/// <param name="IsMated">Whether both show one person.</param>
/// <param name="Fold">The fold, from 0.</param>
internal readonly record struct ComparedPair(float Distance, bool IsMated, int Fold);

/// <summary>Compared pairs in folds, each with as many pairs of one person as of two.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="Source">Where pairs and folds come from, as a sentence.</param>
internal sealed record ComparedPairs(IReadOnlyList<ComparedPair> Pairs, string Source)
{
    /// <summary>Number of folds, where the set does not say it.</summary>
    public const int Folds = 10;

    /// <summary>Compares the pairs of a set's pairs file, or pairs that are drawn from the set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="encodings">Its encodings.</param>
    /// <param name="seed">Start of the draw.</param>
    public static ComparedPairs Of(PictureSet set, EncodedSet encodings, int seed)
    {
        string source = set switch
        {
            { Folds: > 1 } => $"The pairs file names {set.Folds} folds.",
            { Folds: 1 } => $"The pairs file has no folds: its pairs were dealt into {Folds} by lot, so that people are in several folds.",
            _ => $"Pairs were drawn by lot, in {Folds} folds that share no person.",
        };
        IReadOnlyList<SetPair> pairs = set.Folds switch
        {
            > 1 => set.Pairs,
            1 => Dealt(set.Pairs, seed),
            _ => PairDrawing.Of(encodings, Folds, seed),
        };
        Dictionary<int, int> rowOf = encodings.PictureOf.Index().ToDictionary(one => one.Item, one => one.Index);
        return new ComparedPairs([.. pairs.Select(pair => new ComparedPair(Distance(pair), pair.IsMated, pair.Fold))], source);

        float Distance(SetPair pair) => rowOf.TryGetValue(pair.One, out int one) && rowOf.TryGetValue(pair.Other, out int other)
            ? System.Numerics.Tensors.TensorPrimitives.Distance(encodings.Vector(one), encodings.Vector(other)) : float.PositiveInfinity;
    }

    /// <summary>Deals pairs of one person and pairs of two into folds.</summary>
    private static IReadOnlyList<SetPair> Dealt(IReadOnlyList<SetPair> pairs, int seed)
    {
        Random random = new(seed);
        return [.. pairs.GroupBy(pair => pair.IsMated).SelectMany(group =>
        {
            SetPair[] mixed = [.. group];
            random.Shuffle(mixed);
            return mixed.Index().Select(one => one.Item with { Fold = one.Index % Folds });
        })];
    }
}
