namespace DoorAgent.Liveness;

/// <summary>A straight line, in face sizes from the face's centre, x to the right and y down.</summary>
internal readonly record struct FaceLine(double X1, double Y1, double X2, double Y2);

/// <summary>How much of the four sides of a face straight lines cover. Pure; lines are added one by one.</summary>
internal sealed class EnclosingSides
{
    // All lengths are in face sizes. The detector's box reaches from the hairline to the chin, and to about 0.45 on both sides.
    private const double Inside = 0.45, Outside = 2, AboveBelow = 0.55;
    // Left and right are looked for from the forehead to the shoulders, where a sheet or a phone goes on and a wall behind is hidden.
    private const double Top = -0.6, Bottom = 0.9, HalfWidth = 0.5;

    // A picture held by hand is tilted by less than this; the tangent of 20 degrees.
    private static readonly double Slope = Math.Tan(20 * Math.PI / 180);

    private double _left, _above, _right, _below;

    /// <summary>The sum over the four sides of the largest share that one line covers: 0 to 4.</summary>
    public double Score => _left + _above + _right + _below;

    /// <summary>Adds a line; a line that is oblique, crosses the face or is far away counts for no side.</summary>
    public void Add(FaceLine line)
    {
        double dx = Math.Abs(line.X2 - line.X1), dy = Math.Abs(line.Y2 - line.Y1);
        double x = (line.X1 + line.X2) / 2, y = (line.Y1 + line.Y2) / 2;
        if (dx <= Slope * dy && Math.Abs(x) is >= Inside and <= Outside)
            Keep(ref x < 0 ? ref _left : ref _right, Covered(line.Y1, line.Y2, Top, Bottom));
        else if (dy <= Slope * dx && Math.Abs(y) is >= AboveBelow and <= Outside)
            Keep(ref y < 0 ? ref _above : ref _below, Covered(line.X1, line.X2, -HalfWidth, HalfWidth));
    }

    private static void Keep(ref double side, double covered) => side = Math.Max(side, covered);

    /// <summary>The share of an interval that lies between two ends in any order, 0 to 1.</summary>
    private static double Covered(double one, double other, double from, double to) =>
        Math.Max(0, (Math.Min(Math.Max(one, other), to) - Math.Max(Math.Min(one, other), from)) / (to - from));
}
