using System.Numerics;
using DoorAgent.Faces;

namespace DoorAgent.Simulation.Drawing;

/// <summary>
/// The depth of a head behind a frontal picture of it: an ellipsoid with a round horizontal section, sunken eyes and a nose, placed by the
/// five landmarks. Lengths are in eye distances; x to the left of the person (right in the picture), y down, z towards the camera, from the
/// middle of the head.
/// </summary>
internal sealed class HeadShape
{
    /// <summary>Half the width of a head without hair, and half its height with hair.</summary>
    public const float HalfWidth = 1.15f, HalfHeight = 1.95f;

    /// <summary>How far the front lies before the vertical axis about which a head turns, without the nose.</summary>
    private const float HalfDepth = 1.35f;

    /// <summary>The exponent of the horizontal section, a superellipse: flatter at the face and rounder at the temples than an
    /// ellipse.</summary>
    private const float SectionExponent = 2.8f;

    /// <summary>The middle of a head lies this far below the eyes.</summary>
    private const float BelowEyes = 0.3f;

    private const float NoseHeight = 0.6f, TipHalfWidth = 0.27f, BridgeHalfWidth = 0.14f, BridgeLength = 0.8f, NostrilLength = 0.22f;
    private const float EyeDepth = 0.12f, EyeRadius = 0.33f;

    private readonly Vector2 _centre, _right, _down, _nose;

    public HeadShape(Landmarks points)
    {
        Vector2 Point(int index) => new(points[index].X, points[index].Y);
        Vector2 eyes = (Point(0) + Point(1)) / 2, mouth = (Point(3) + Point(4)) / 2;
        // The axis of the face, from the line of the eyes and the line from eyes to mouth together.
        Vector2 along = Vector2.Normalize(Point(1) - Point(0)), down = Vector2.Normalize(mouth - eyes);
        Vector2 right = Vector2.Normalize(along + new Vector2(down.Y, -down.X));
        Scale = Math.Max((Point(1) - Point(0)).Length(), 1);
        (_right, _down) = (right, new Vector2(-right.Y, right.X));
        // A face that looks a little aside keeps its axis between the middles of eyes and mouth.
        _centre = eyes + (_down * BelowEyes * Scale);
        // The tip is nearer than the eyes, and so looks farther from the middle.
        _nose = ToHead(Point(2)) * 0.9f;
    }

    /// <summary>Pixels of the picture for an eye distance.</summary>
    public float Scale { get; }

    /// <summary>The place in the picture of a point of the head seen from the front, in pixels.</summary>
    public Vector2 ToPicture(Vector2 point) => _centre + (Scale * ((point.X * _right) + (point.Y * _down)));

    /// <summary>The inverse of <see cref="ToPicture"/>.</summary>
    public Vector2 ToHead(Vector2 pixel)
    {
        Vector2 from = (pixel - _centre) / Scale;
        return new Vector2(Vector2.Dot(from, _right), Vector2.Dot(from, _down));
    }

    /// <summary>Returns a point of the surface, the nose and eyes aside.</summary>
    /// <param name="angle">Angle about the vertical axis in radians: 0 is the front, above 0 the person's left.</param>
    /// <param name="y">Height.</param>
    public static Vector3 Surface(float angle, float y)
    {
        float part = MathF.Sqrt(Math.Max(0, 1 - (y * y / (HalfHeight * HalfHeight))));
        (float sin, float cos) = MathF.SinCos(angle);
        return new Vector3(part * HalfWidth * Powered(sin), y, part * HalfDepth * Powered(cos));
    }

    /// <summary>Returns how far the nose stands out of the ellipsoid at a point, or the eyes lie below it (below 0).</summary>
    public float Relief(Vector2 at)
    {
        // A ridge from between the eyes to the tip, wider and higher towards the tip, and steep below.
        float down = at.Y - _nose.Y, along = Math.Clamp(down < 0 ? 1 + (down / BridgeLength) : 1 - (down / NostrilLength), 0, 1);
        float across = (at.X - (_nose.X * along)) / float.Lerp(BridgeHalfWidth, TipHalfWidth, down < 0 ? along : 1);
        float nose = NoseHeight * along * MathF.Exp(-across * across);
        Vector2 eye = new((Math.Abs(at.X) - 0.5f) / EyeRadius, (at.Y + BelowEyes) / EyeRadius);
        return nose - (EyeDepth * MathF.Exp(-eye.LengthSquared()));
    }

    private static float Powered(float value) => MathF.Sign(value) * MathF.Pow(Math.Abs(value), 2 / SectionExponent);
}
