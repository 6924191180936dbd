namespace DoorAgent.Liveness;

/// <summary>A straight line, in face sizes from the face's centre, x to the right and y down.</summary>
internal readonly record struct FaceLine(double X1, double Y1, double X2, double Y2);

/// <summary>How much of the four sides of a face straight lines cover, and whether one of these lines lies in front of where a body would
/// be. Pure; lines are added one by one.</summary>
internal sealed class EnclosingSides
{
    // All lengths are in face sizes. The detector's box reaches from the hairline to the chin, and to about 0.45 on both sides.
    private const double Inside = 0.45, Outside = 2, AboveBelow = 0.55;
    // Left and right are looked for from the forehead to the shoulders.
    private const double Forehead = -0.6, Neck = 0.9, HalfWidth = 0.5;
    // The body, which hides what is behind a person: the shoulders fall from the neck to the sides.
    private const double BodyInside = 0.4, BodyOutside = 1.1, NeckBottom = 0.7, ShoulderSlope = 0.4, Chest = 0.6;
    private const double BelowChin = 0.6, HalfNeck = 0.6;

    // A picture held by hand is tilted by less than this; the tangent of 20 degrees.
    private static readonly double Slope = Math.Tan(20 * Math.PI / 180);

    private double _left, _above, _right, _below;

    /// <summary>The sum over the four sides of the largest share that one line covers: 0 to 4.</summary>
    public double Covered => _left + _above + _right + _below;

    /// <summary>The largest share that one line covers of the chest's height or of the neck's width, where the body of a person hides a
    /// door frame or a window behind: 0 to 1.</summary>
    public double InFront { get; private set; }

    /// <summary>Adds a line; a line that is oblique, crosses the face or is far away counts for no side.</summary>
    public void Add(FaceLine line)
    {
        double dx = Math.Abs(line.X2 - line.X1), dy = Math.Abs(line.Y2 - line.Y1);
        double x = (line.X1 + line.X2) / 2, y = (line.Y1 + line.Y2) / 2;
        if (dx <= Slope * dy)
            AddUpright(line, x);
        else if (dy <= Slope * dx)
            AddLevel(line, y);
    }

    private void AddUpright(FaceLine line, double x)
    {
        if (Math.Abs(x) is >= Inside and <= Outside)
            Keep(ref x < 0 ? ref _left : ref _right, Share(line.Y1, line.Y2, Forehead, Neck));
        if (Math.Abs(x) is >= BodyInside and <= BodyOutside)
        {
            double shoulder = NeckBottom + (ShoulderSlope * Math.Abs(x));
            InFront = Math.Max(InFront, Share(line.Y1, line.Y2, shoulder, shoulder + Chest));
        }
    }

    private void AddLevel(FaceLine line, double y)
    {
        if (Math.Abs(y) is >= AboveBelow and <= Outside)
            Keep(ref y < 0 ? ref _above : ref _below, Share(line.X1, line.X2, -HalfWidth, HalfWidth));
        if (y is >= BelowChin and <= Outside)
            InFront = Math.Max(InFront, Share(line.X1, line.X2, -HalfNeck, HalfNeck));
    }

    private static void Keep(ref double side, double share) => side = Math.Max(side, share);

    /// <summary>The share of an interval that lies between two ends in any order, 0 to 1.</summary>
    private static double Share(double one, double other, double from, double to) =>
        Math.Max(0, (Math.Min(Math.Max(one, other), to) - Math.Max(Math.Min(one, other), from)) / (to - from));
}
