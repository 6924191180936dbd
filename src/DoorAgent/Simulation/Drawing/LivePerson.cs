using System.Numerics;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Simulation.Drawing;

/// <summary>A living person who stands before the camera: the head of a frontal picture on a body, both swaying a little, each on its
/// own.</summary>
internal sealed class LivePerson(ulong seed)
{
    /// <summary>Pixels of the frame for an eye distance of the head's middle.</summary>
    private const float HeadScale = 62;

    private const float EyeDistance = 63;

    private readonly Tremor _tremor = new(seed);
    private readonly TurnedHead _head = new();

    /// <summary>Paints the person over a background.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="picture">The person's picture, frontal.</param>
    /// <param name="shape">The head in the picture.</param>
    /// <param name="yaw">Turn of the head to the person's own left, in radians.</param>
    /// <param name="seconds">The time.</param>
    public void Paint(Frame frame, Texture picture, HeadShape shape, float yaw, double seconds)
    {
        Vector2 body = new((0.5f * frame.Width) + (5 * _tremor.At(0, seconds)), (0.47f * frame.Height) + (2 * _tremor.At(1, seconds)));
        Vector2 head = body + new Vector2(3 * _tremor.At(2, seconds), 2 * _tremor.At(3, seconds));
        float scale = HeadScale / EyeDistance;
        Torso.Paint(frame, body + new Vector2(0, 0.9f * HeadShape.HalfHeight * HeadScale), scale, ChinOf(picture, shape));
        float nearer = 1 + (0.008f * _tremor.At(4, seconds)), roll = 0.015f * _tremor.At(6, seconds);
        _head.Paint(frame, picture, shape, new HeadPose(head, HeadScale * nearer, yaw + (0.025f * _tremor.At(5, seconds)), roll));
    }

    /// <summary>The colour of the cheeks below the eyes, for the neck.</summary>
    private static Vector3 ChinOf(Texture picture, HeadShape shape)
    {
        Vector2 right = shape.ToPicture(new Vector2(-0.55f, 0.4f)), left = shape.ToPicture(new Vector2(0.55f, 0.4f));
        return (picture.At(right.X, right.Y) + picture.At(left.X, left.Y)) / 2;
    }
}
