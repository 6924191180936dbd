using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>
/// An encoder proves itself before a door listens to it: a known answer, and different faces that stay apart. The seed's own
/// run had neither: its weights never loaded, and an impostor came in at 0.156.
/// </summary>
internal static class EncoderSelfTest
{
    /// <summary>How far from the stored answer another processor's kernels may come.</summary>
    public const float KnownAnswerTolerance = 0.02f;

    /// <summary>By how much two people must be further apart than two pictures of one, on the mean.</summary>
    public const float LeastGap = 0.3f;

    /// <summary>Two different inputs nearer than this are a collapsed network.</summary>
    public const float LeastDistance = 0.05f;

    private static readonly string[] People = ["adam", "nora"];

    /// <summary>Runs the proof. Where there is no network there is nothing to prove: raw pixels would fail, and are there to show it.</summary>
    /// <returns>How far its answer is from the known one; null where there is none.</returns>
    /// <exception cref="UserErrorException">It failed; the message says what was found.</exception>
    public static float? Prove(FaceEncoder encoder, FaceDetector detector)
    {
        if (!encoder.Entry.HasFile)
            return null;
        try
        {
            float? distance = ProveKnownAnswer(encoder);
            ProveNoCollapse(encoder, detector);
            return distance;
        }
        catch (NetworkFaultException fault)
        {
            throw Refused(encoder, fault.Message, fault);
        }
    }

    /// <summary>The input of the known answer: a made face, rows of interleaved B, G, R bytes.</summary>
    public static byte[] SyntheticFace(int width, int height)
    {
        byte[] made = new byte[3 * width * height];
        for (uint i = 0; i < made.Length; i++)
            made[i] = (byte)(unchecked(i * 2654435761u) >> 24);
        return made;
    }

    private static float? ProveKnownAnswer(FaceEncoder encoder)
    {
        if (encoder.Entry.KnownAnswer.Length == 0)
            return null;
        ModelInput input = encoder.Entry.Input;
        FaceEncoding answer = encoder.Encode(SyntheticFace(input.Width, input.Height));
        float distance = answer.DistanceTo(FaceEncoding.Normalised(encoder.Entry.KnownAnswer));
        if (distance > KnownAnswerTolerance)
        {
            throw Refused(encoder, $"for a known input its answer is {distance:0.000} away from the right one, allowed are "
                + $"{KnownAnswerTolerance}: these are not its weights, or this machine computes wrongly");
        }

        return distance;
    }

    private static void ProveNoCollapse(FaceEncoder encoder, FaceDetector detector)
    {
        Frame frame = new();
        FaceEncoding[][] people = [.. People.Select(name => Enumerable.Range(1, 2).Select(picture => Encode(name, picture)).ToArray())];
        float within = people.Average(own => own[0].DistanceTo(own[1]));
        float[] between = [.. people[0].SelectMany(one => people[1].Select(one.DistanceTo))];
        if (between.Average() - within < LeastGap || between.Min() < LeastDistance || within < LeastDistance)
        {
            throw Refused(encoder, $"two people are {between.Average():0.000} apart and two pictures of one {within:0.000}: "
                + $"it does not tell faces apart (the gap must be {LeastGap}, and no two inputs nearer than {LeastDistance})");
        }

        FaceEncoding Encode(string name, int picture)
        {
            SelfTestPicture.Read(name, picture, frame);
            Face? face = detector.Detect(frame).Cast<Face?>().FirstOrDefault();
            return encoder.Encode(frame, face?.Landmarks ?? throw Refused(encoder, $"the detector found no face on {name}'s picture"));
        }
    }

    private static UserErrorException Refused(FaceEncoder encoder, string why, Exception? inner = null) =>
        new($"The encoder {encoder.Entry.Id} failed its proof: {why}. The door stays locked; get the right file "
            + "('dooragent models verify' checks it).", inner);
}
