using System.Numerics;
using CsCheck;
using DoorAgent.Simulation.Drawing;

namespace DoorAgent.Tests.Simulation.Drawing;

public sealed class HeldPlaneTests
{
    private static readonly Gen<HeldPlane> Any = Gen.Select(Gen.Float[100, 540], Gen.Float[100, 380], Gen.Float[150, 700],
        Gen.Float[-0.4f, 0.4f].Array[3], (x, y, distance, turns) => new HeldPlane(new Vector2(x, y), distance, turns[0], turns[1], turns[2]));

    [Fact]
    public void APointOfThePlaneAppearsWhereAPinholeCameraShowsIt() => Gen.Select(
        Gen.Float[-0.4f, 0.4f].Array[3], Gen.Float[-80, 80].Array[2]).Sample((turns, at) =>
    {
        (float yaw, float pitch, float roll) = (turns[0], turns[1], turns[2]);
        // The naive twin: three rotations one after the other, then the division by the distance.
        (double x, double y, double z) = (at[0], at[1] * Math.Cos(pitch), at[1] * Math.Sin(pitch));
        (x, z) = ((x * Math.Cos(yaw)) + (z * Math.Sin(yaw)), (z * Math.Cos(yaw)) - (x * Math.Sin(yaw)));
        (x, y) = ((x * Math.Cos(roll)) - (y * Math.Sin(roll)), (x * Math.Sin(roll)) + (y * Math.Cos(roll)));
        Vector2 expected = new((float)(320 + (554 * x / (400 + z))), (float)(240 + (554 * y / (400 + z))));
        Vector2 shown = new HeldPlane(new Vector2(320, 240), 400, yaw, pitch, roll).ToFrame(new Vector2(at[0], at[1]));
        return (shown - expected).Length() < 0.01;
    });

    [Fact]
    public void APixelShowsThePointThatAppearsThere() => Gen.Select(Any, Gen.Float[-80, 80], Gen.Float[-80, 80]).Sample(
        (plane, x, y) => (plane.ToPlane(plane.ToFrame(new Vector2(x, y))) - new Vector2(x, y)).Length() < 0.05);

    [Fact]
    public void AMillimetreInTheMiddleHasTheStatedSize()
    {
        HeldPlane plane = new(new Vector2(320, 240), 277, 0, 0, 0);
        Assert.Equal(2, plane.PixelsPerMillimetre, 4);
        Assert.Equal(new Vector2(340, 250), plane.ToFrame(new Vector2(10, 5)));
    }
}
