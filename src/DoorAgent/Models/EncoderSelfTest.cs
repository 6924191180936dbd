using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>
/// Tests an encoder before a door uses it: a known answer for a synthetic input, and a gap between the faces of different people. The
/// seed had no such test: its weights were never loaded, and an impostor was admitted at a distance of 0.156.
/// </summary>
internal static class EncoderSelfTest
{
    /// <summary>Maximum distance from the known answer; processors' kernels differ slightly.</summary>
    public const float KnownAnswerTolerance = 0.02f;

    /// <summary>Minimum difference between the mean distance of two people and that of two pictures of one person. Raw pixels reach
    /// 0.32.</summary>
    public const float MinGap = 0.35f;

    /// <summary>Minimum distance of two different inputs; the outputs of a collapsed network are nearer.</summary>
    public const float MinDistance = 0.05f;

    private static readonly string[] People = ["adam", "nora"];

    /// <summary>Runs the self-test: the known answer of each part, the gap of each part, and the gap of the joined encodings. Raw pixels
    /// are not a network and are not tested; they would fail, which is their purpose.</summary>
    /// <returns>Distance from the known answer, of a composite encoder the largest; null if there is no known answer.</returns>
    /// <exception cref="UserErrorException">The self-test failed; the message says what was found.</exception>
    public static float? Run(FaceEncoder encoder, FaceDetector detector)
    {
        EncoderPart[] networks = [.. encoder.Parts.Where(part => part.Entry.HasFile)];
        if (networks.Length == 0)
            return null;
        try
        {
            float? distance = networks.Max(part => TestKnownAnswer(encoder, part));
            // Of each person two pictures, and of each picture the encodings by all parts.
            FaceEncoding[][][] people = [.. People.Select(name => new[] { Encode(name, 1), Encode(name, 2) })];
            for (int i = 0; i < encoder.Parts.Count; i++)
            {
                EncoderPart part = encoder.Parts[i];
                if (part.Entry.HasFile)
                    TestSeparation(NameOf(encoder, part), [.. people.Select(person => Array.ConvertAll(person, parts => parts[i]))]);
            }

            if (encoder.Entry.IsComposite)
                TestSeparation(NameOf(encoder), [.. people.Select(person => Array.ConvertAll(person, FaceEncoding.Joined))]);
            return distance;
        }
        catch (NetworkFaultException fault)
        {
            throw Failed(NameOf(encoder), fault.Message, fault);
        }

        FaceEncoding[] Encode(string name, int picture)
        {
            Frame frame = new();
            SelfTestPicture.Read(name, picture, frame);
            Face face = detector.Detect(frame).Cast<Face?>().FirstOrDefault()
                ?? throw Failed(NameOf(encoder), $"the detector found no face on {name}'s picture");
            return [.. encoder.Parts.Select(part => part.Encode(frame, face.Landmarks, flips: false))];
        }
    }

    /// <summary>Makes the synthetic input of the known answer: rows of interleaved B, G, R bytes.</summary>
    public static byte[] SyntheticFace(int width, int height)
    {
        byte[] bytes = new byte[3 * width * height];
        for (uint i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(unchecked(i * 2654435761u) >> 24);
        return bytes;
    }

    private static float? TestKnownAnswer(FaceEncoder encoder, EncoderPart part)
    {
        if (part.Entry.KnownAnswer.Length == 0)
            return null;
        ModelInput input = part.Entry.Input;
        FaceEncoding answer = part.Encode(SyntheticFace(input.Width, input.Height));
        float distance = answer.DistanceTo(FaceEncoding.Normalised(part.Entry.KnownAnswer));
        if (distance > KnownAnswerTolerance)
        {
            throw Failed(NameOf(encoder, part), $"for a known input its answer is {distance:0.000} away from the right one (at most "
                + $"{KnownAnswerTolerance}): the weights are wrong, or this machine computes wrongly");
        }

        return distance;
    }

    /// <param name="encoder">Name of the encoder, for the message.</param>
    /// <param name="people">Two encodings of each person.</param>
    private static void TestSeparation(string encoder, FaceEncoding[][] people)
    {
        float within = people.Average(encodings => encodings[0].DistanceTo(encodings[1]));
        float[] between = [.. people[0].SelectMany(first => people[1].Select(first.DistanceTo))];
        if (between.Average() - within < MinGap || between.Min() < MinDistance || within < MinDistance)
        {
            throw Failed(encoder, $"two people are {between.Average():0.000} apart and two pictures of one person {within:0.000}: the "
                + $"encoder does not distinguish faces (the gap must be {MinGap}, and no two inputs may be nearer than {MinDistance})");
        }
    }

    private static string NameOf(FaceEncoder encoder) => $"The encoder {encoder.Entry.Id}";

    private static string NameOf(FaceEncoder encoder, EncoderPart part) =>
        encoder.Entry.IsComposite ? $"The part {part.Entry.Id} of the encoder {encoder.Entry.Id}" : NameOf(encoder);

    private static UserErrorException Failed(string encoder, string why, Exception? inner = null) =>
        new($"{encoder} failed its self-test: {why}. The door stays locked; get the right file ('dooragent models verify' checks it).",
            inner);
}
