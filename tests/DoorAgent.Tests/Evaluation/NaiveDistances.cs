using DoorAgent.Encodings;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

/// <summary>The distances of all pairs of a set by two plain loops.</summary>
internal static class NaiveDistances
{
    /// <summary>A pair of rows.</summary>
    /// <param name="Distance">Their distance, 0 to 2.</param>
    /// <param name="IsMated">Whether both show one person.</param>
    /// <param name="Weight">The weight of the pair where people, and pairs of people, have equal weights.</param>
    internal sealed record Pair(float Distance, bool IsMated, double Weight);

    public static IReadOnlyList<Pair> Of(EncodedSet set)
    {
        FaceEncoding[] encodings = [.. Enumerable.Range(0, set.Rows).Select(row => FaceEncoding.Normalised(set.Vector(row)))];
        int CountOf(int row) => set.PersonOf.Count(person => person == set.PersonOf[row]);
        return [.. Enumerable.Range(0, set.Rows).SelectMany(one => Enumerable.Range(one + 1, set.Rows - one - 1).Select(other =>
        {
            bool isMated = set.PersonOf[one] == set.PersonOf[other];
            double pairs = isMated ? CountOf(one) * (CountOf(one) - 1) / 2.0 : CountOf(one) * CountOf(other);
            return new Pair(encodings[one].DistanceTo(encodings[other]), isMated, 1 / pairs);
        }))];
    }

    /// <summary>The share of pairs with a distance below a threshold, by weight if it is asked for.</summary>
    public static double ShareBelow(IEnumerable<Pair> pairs, double threshold, bool isBalanced)
    {
        double Weight(Pair pair) => isBalanced ? pair.Weight : 1;
        return pairs.Where(pair => pair.Distance < threshold).Sum(Weight) / pairs.Sum(Weight);
    }
}
