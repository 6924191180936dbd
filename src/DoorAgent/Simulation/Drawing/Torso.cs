using System.Numerics;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Simulation.Drawing;

/// <summary>Neck, shoulders, chest and arms of a person before the camera, in a dark shirt. Lengths are in millimetres.</summary>
internal static class Torso
{
    private static readonly Vector3 Shirt = new(84, 62, 46);

    /// <summary>The colour of skin for hands and neck.</summary>
    public static Vector3 Skin { get; } = new(112, 142, 190);

    /// <summary>Paints the body below a head.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="chin">The chin, in pixels.</param>
    /// <param name="scale">Pixels for a millimetre.</param>
    /// <param name="skin">Colour of the neck.</param>
    /// <param name="hands">Where the hands are, in pixels: an arm goes to each.</param>
    public static void Paint(Frame frame, Vector2 chin, float scale, Vector3 skin, params Vector2[] hands)
    {
        Vector2 At(float x, float y) => chin + (scale * new Vector2(x, y));
        Vector2 throat = At(0, -40), collar = At(0, 60), left = At(-165, 125), right = At(165, 125), belly = At(0, 420);
        Brush.Paint(frame, Region.Whole(frame) with { Top = (int)Math.Clamp(throat.Y - (55 * scale), 0, frame.Height) }, pixel =>
        {
            float neck = Brush.Capsule(pixel, throat, collar, 55 * scale);
            float shirt = Math.Min(Brush.Capsule(pixel, left, right, 62 * scale), Brush.Capsule(pixel, At(0, 240), belly, 200 * scale));
            shirt = Math.Min(shirt, Brush.Capsule(pixel, collar, left, 40 * scale));
            shirt = Math.Min(shirt, Brush.Capsule(pixel, collar, right, 40 * scale));
            foreach (Vector2 hand in hands)
            {
                Vector2 elbow = new(hand.X + (Math.Sign(hand.X - chin.X) * 40 * scale), chin.Y + (400 * scale));
                shirt = Math.Min(shirt, Brush.Capsule(pixel, elbow, hand + new Vector2(0, 60 * scale), 38 * scale));
            }

            // Folds, fixed to the body.
            Vector2 cloth = (pixel - chin) / scale;
            float fold = 0.75f + (0.5f * Grain.Smooth(cloth.X / 24, cloth.Y / 70, 3));
            return shirt < 0.5f ? new Vector4(Shirt * fold, Brush.Coverage(shirt))
                : new Vector4(skin * (0.72f + (0.0012f * Math.Abs(cloth.X))), Brush.Coverage(neck));
        });
    }
}
