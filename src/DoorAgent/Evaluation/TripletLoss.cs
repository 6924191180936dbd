using System.Numerics.Tensors;

namespace DoorAgent.Evaluation;

/// <summary>
/// The loss that face encoders are trained with (Schroff et al. 2015, FaceNet): over a batch of (anchor, positive, negative),
/// the sum of max(|a - p|^2 - |a - n|^2 + alpha, 0).
/// </summary>
internal static class TripletLoss
{
    /// <summary>The margin of the seed's exercise.</summary>
    public const double DefaultAlpha = 0.2;

    /// <summary>Computes the loss of a batch.</summary>
    /// <param name="anchors">One encoding per row, all of one dimension.</param>
    /// <param name="positives">Other pictures of the same people; as many rows.</param>
    /// <param name="negatives">Pictures of other people; as many rows.</param>
    /// <param name="alpha">The margin.</param>
    /// <exception cref="ArgumentException">The batches differ in length, or rows in dimension.</exception>
    public static double Of(
        IReadOnlyList<float[]> anchors, IReadOnlyList<float[]> positives, IReadOnlyList<float[]> negatives, double alpha = DefaultAlpha)
    {
        if (positives.Count != anchors.Count || negatives.Count != anchors.Count)
        {
            throw new ArgumentException("A batch needs equal numbers of anchors, positives and negatives: "
                + $"{anchors.Count}, {positives.Count}, {negatives.Count}.");
        }

        return anchors.Select((anchor, i) => Math.Max(Square(anchor, positives[i]) - Square(anchor, negatives[i]) + alpha, 0)).Sum();
    }

    private static double Square(float[] one, float[] other)
    {
        double distance = TensorPrimitives.Distance(one, other);
        return distance * distance;
    }
}
