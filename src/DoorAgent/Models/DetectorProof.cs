using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Settings;

namespace DoorAgent.Models;

/// <summary>A detector proves itself on a shipped picture: one face, where it is. This also catches colours fed in the wrong order.</summary>
internal static class DetectorProof
{
    public const float LeastOverlap = 0.9f;

    /// <summary>In pixels.</summary>
    public const float LandmarkTolerance = 3;

    private static readonly FaceBox Box = new(0, 0, 1, 1);
    private static readonly (float X, float Y)[] Points = [(0, 0), (0, 0), (0, 0), (0, 0), (0, 0)];

    /// <summary>Runs the proof.</summary>
    /// <exception cref="UserErrorException">It failed; the message says what was found.</exception>
    public static void Prove(FaceDetector detector)
    {
        Frame frame = new();
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, "adam", "enrol-1.jpg"), frame);
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
        float overlap = face.Box.OverlapWith(Box);
        float off = Enumerable.Range(0, Landmarks.Count).Max(k => Distance(face.Landmarks[k], Points[k]));
        if (overlap < LeastOverlap || off > LandmarkTolerance)
            throw Refused(detector, $"the face it found overlaps the right one by {overlap:0.00} (at least {LeastOverlap}), and a landmark is {off:0.0} pixels off (at most {LandmarkTolerance})");
    }

    private static float Distance((float X, float Y) one, (float X, float Y) other) => MathF.Sqrt(
        ((one.X - other.X) * (one.X - other.X)) + ((one.Y - other.Y) * (one.Y - other.Y)));

    private static UserErrorException Refused(FaceDetector detector, string why, Exception? inner = null) =>
        new($"The detector {detector.Entry.Id} failed its proof: {why}. The door stays locked; get the right file "
            + "('dooragent models verify' checks it).", inner);
}
