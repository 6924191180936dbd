using DoorAgent.Faces;

namespace DoorAgent.Tests.Liveness;

/// <summary>The five points of a head, or of a flat picture of one, before a camera. Lengths in eye distances.</summary>
internal static class MadeHead
{
    /// <summary>Eye distance in pixels of a frontal view.</summary>
    private const float Pixels = 60;

    private static readonly (double X, double Y, double Z)[] Points =
        [(-0.5, 0, 0), (0.5, 0, 0), (0, 0.6, 0.45), (-0.4, 1.1, 0.1), (0.4, 1.1, 0.1)];

    /// <summary>A view of a head.</summary>
    /// <param name="turn">What <see cref="FacePose.Turn"/> measures on it: above 0 to the person's own left.</param>
    /// <param name="x">Shift to the right in pixels.</param>
    public static Landmarks View(double turn, double x = 0)
    {
        double yaw = Math.Atan(turn / 0.9), cos = Math.Cos(yaw), sin = Math.Sin(yaw);
        return Project(point => ((point.X * cos) + (point.Z * sin), point.Y), x);
    }

    /// <summary>A view of a flat picture of a head: stretched along its lines, sheared and rotated.</summary>
    /// <param name="stretch">Width in parts of the picture's own, as a sheet that is turned to a side shows it.</param>
    /// <param name="shear">Shift to the right by each eye distance further down.</param>
    /// <param name="roll">Rotation in degrees.</param>
    /// <param name="turn">The turn of the head that the picture shows.</param>
    public static Landmarks Picture(double stretch = 1, double shear = 0, double roll = 0, double turn = 0)
    {
        double yaw = Math.Atan(turn / 0.9), c = Math.Cos(yaw), s = Math.Sin(yaw), cos = Math.Cos(roll * Math.PI / 180),
            sin = Math.Sin(roll * Math.PI / 180);
        return Project(point =>
        {
            double x = (((point.X * c) + (point.Z * s)) * stretch) + (shear * point.Y);
            return ((x * cos) - (point.Y * sin), (x * sin) + (point.Y * cos));
        }, 0);
    }

    /// <summary>The box of a face with such points.</summary>
    public static FaceBox Box(double x = 0) => new((float)(270 + x), 180, 100, 130);

    private static Landmarks Project(Func<(double X, double Y, double Z), (double X, double Y)> project, double x)
    {
        Landmarks view = default;
        for (int k = 0; k < Landmarks.Count; k++)
        {
            (double px, double py) = project(Points[k]);
            view[k] = ((float)(320 + x + (Pixels * px)), (float)(220 + (Pixels * py)));
        }

        return view;
    }
}
