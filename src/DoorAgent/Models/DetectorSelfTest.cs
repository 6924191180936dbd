using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>A detector proves itself on a shipped picture: one face, where it is. This also catches colours fed in the wrong order.</summary>
internal static class DetectorSelfTest
{
    public const float LeastOverlap = 0.9f;

    /// <summary>In pixels.</summary>
    public const float LandmarkTolerance = 3;

    /// <summary>Runs the proof.</summary>
    /// <returns>How far the worst landmark is from where it should be, in pixels.</returns>
    /// <exception cref="UserErrorException">It failed; the message says what was found.</exception>
    public static float Prove(FaceDetector detector)
    {
        Frame frame = new();
        SelfTestPicture.Read("adam", 1, frame);
        IReadOnlyList<Face> faces;
        try
        {
            faces = detector.Detect(frame);
        }
        catch (NetworkFaultException fault)
        {
            throw Refused(detector, fault.Message, fault);
        }

        if (faces.Count != 1)
            throw Refused(detector, $"it found {faces.Count} faces on a picture of one");
        Face face = faces[0];
        KnownFace known = detector.Entry.KnownFace!;
        float overlap = face.Box.OverlapWith(new FaceBox(known.Box[0], known.Box[1], known.Box[2], known.Box[3]));
        float off = Enumerable.Range(0, Landmarks.Count).Max(k => Distance(face.Landmarks[k], known.Landmarks[k]));
        if (overlap < LeastOverlap || off > LandmarkTolerance)
        {
            throw Refused(detector, $"the face it found overlaps the right one by {overlap:0.00} (at least {LeastOverlap}), "
                + $"and a landmark is {off:0.0} pixels off (at most {LandmarkTolerance})");
        }

        return off;
    }

    private static float Distance((float X, float Y) one, float[] other) => MathF.Sqrt(
        ((one.X - other[0]) * (one.X - other[0])) + ((one.Y - other[1]) * (one.Y - other[1])));

    private static UserErrorException Refused(FaceDetector detector, string why, Exception? inner = null) =>
        new($"The detector {detector.Entry.Id} failed its proof: {why}. The door stays locked; get the right file "
            + "('dooragent models verify' checks it).", inner);
}
