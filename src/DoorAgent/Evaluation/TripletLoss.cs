using System.Numerics.Tensors;

namespace DoorAgent.Evaluation;

/// <summary>
/// The loss that face encoders are trained with (Schroff et al. 2015, FaceNet): over a batch of (anchor, positive, negative),
/// the sum of max(|a - p|^2 - |a - n|^2 + alpha, 0).
/// </summary>
internal static class TripletLoss
{
    /// <summary>The margin that the seed's exercise uses.</summary>
    public const double DefaultAlpha = 0.2;

    /// <summary>The loss of a batch.</summary>
    /// <param name="anchors">One encoding a row, all of one dimension.</param>
    /// <param name="positives">The same people, other pictures; as many.</param>
    /// <param name="negatives">Other people; as many.</param>
    /// <param name="alpha">The margin.</param>
    /// <exception cref="ArgumentException">The batches differ in length, or rows in dimension.</exception>
    public static double Of(
        IReadOnlyList<float[]> anchors, IReadOnlyList<float[]> positives, IReadOnlyList<float[]> negatives, double alpha = DefaultAlpha)
    {
        if (positives.Count != anchors.Count || negatives.Count != anchors.Count)
            throw new ArgumentException($"A batch has as many of each: {anchors.Count}, {positives.Count}, {negatives.Count}.");
        return anchors.Select((anchor, i) => Math.Max(Square(anchor, positives[i]) - Square(anchor, negatives[i]) + alpha, 0)).Sum();
    }

    private static double Square(float[] one, float[] other)
    {
        double distance = TensorPrimitives.Distance(one, other);
        return distance * distance;
    }
}
