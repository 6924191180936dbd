using DoorAgent.Faces;

namespace DoorAgent.Liveness;

/// <summary>How badly an affine map explains the change between two views of a face. Every view of a flat picture is nearly an affine map
/// of every other one, because the picture is small against its distance; the points of a head lie at different depths.</summary>
internal static class AffineMisfit
{
    /// <summary>The least determinant of the points' second moments, in squares of their trace: less is a line.</summary>
    private const double LeastArea = 1e-3;

    /// <summary>Computes the residual of the best affine map (least squares) of one view's points onto another's.</summary>
    /// <param name="from">The points of the first view.</param>
    /// <param name="onto">The points of the second view.</param>
    /// <returns>The root of the sum of the squared distances, in eye distances of <paramref name="onto"/>; 0, which proves no depth, for
    /// points that cannot belong to a face (on a line, or not finite).</returns>
    public static float Of(Landmarks from, Landmarks onto)
    {
        (double[] x, double[] y) = Centred(from);
        (double[] u, double[] v) = Centred(onto);
        double xx = Product(x, x), xy = Product(x, y), yy = Product(y, y);
        double determinant = (xx * yy) - (xy * xy);
        double eyes = Math.Sqrt(Square(u[0] - u[1]) + Square(v[0] - v[1]));
        // The conditions are negated so that NaN proves nothing.
        if (!(determinant > LeastArea * Square(xx + yy)) || !(eyes >= 1))
            return 0;
        double residual = Math.Sqrt(Left(u) + Left(v)) / eyes;
        return double.IsFinite(residual) ? (float)residual : 0;

        double Left(double[] target)
        {
            double m = ((yy * Product(x, target)) - (xy * Product(y, target))) / determinant;
            double n = ((xx * Product(y, target)) - (xy * Product(x, target))) / determinant;
            double left = 0;
            for (int k = 0; k < Landmarks.Count; k++)
                left += Square(target[k] - (m * x[k]) - (n * y[k]));
            return left;
        }
    }

    /// <summary>Returns the coordinates less their means, which removes the map's translation.</summary>
    private static (double[] X, double[] Y) Centred(Landmarks points)
    {
        (double[] x, double[] y) = (new double[Landmarks.Count], new double[Landmarks.Count]);
        for (int k = 0; k < Landmarks.Count; k++)
            (x[k], y[k]) = points[k];
        (double meanX, double meanY) = (x.Average(), y.Average());
        return (Array.ConvertAll(x, value => value - meanX), Array.ConvertAll(y, value => value - meanY));
    }

    private static double Product(double[] one, double[] other) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(one, other);

    private static double Square(double value) => value * value;
}
