using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>Tests that a detector finds the one face of a shipped picture at the right place. Also detects swapped colour
/// channels.</summary>
internal static class DetectorSelfTest
{
    /// <summary>Minimum intersection over union of the found and the known box.</summary>
    public const float MinOverlap = 0.9f;

    /// <summary>Maximum distance of a landmark from the known one, in pixels.</summary>
    public const float LandmarkTolerance = 3;

    /// <summary>Runs the self-test.</summary>
    /// <returns>Distance of the worst landmark from the known one, in pixels.</returns>
    /// <exception cref="UserErrorException">The self-test failed; the message says what was found.</exception>
    public static float Run(FaceDetector detector)
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
            throw Failed(detector, fault.Message, fault);
        }

        if (faces.Count != 1)
            throw Failed(detector, $"it found {faces.Count} faces on a picture of one");
        Face face = faces[0];
        KnownFace known = detector.Entry.KnownFace!;
        float overlap = face.Box.OverlapWith(new FaceBox(known.Box[0], known.Box[1], known.Box[2], known.Box[3]));
        float error = Enumerable.Range(0, Landmarks.Count).Max(k => Distance(face.Landmarks[k], known.Landmarks[k]));
        if (overlap < MinOverlap || error > LandmarkTolerance)
        {
            throw Failed(detector, $"the face it found overlaps the right one by {overlap:0.00} (at least {MinOverlap}), "
                + $"and a landmark is {error:0.0} pixels off (at most {LandmarkTolerance})");
        }

        return error;
    }

    private static float Distance((float X, float Y) one, float[] other) => MathF.Sqrt(
        ((one.X - other[0]) * (one.X - other[0])) + ((one.Y - other[1]) * (one.Y - other[1])));

    private static UserErrorException Failed(FaceDetector detector, string why, Exception? inner = null) =>
        new($"The detector {detector.Entry.Id} failed its self-test: {why}. The door stays locked; get the right file "
            + "('dooragent models verify' checks it).", inner);
}
