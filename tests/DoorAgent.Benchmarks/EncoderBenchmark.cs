using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Benchmarks;

/// <summary>Compares a composite encoder with its parts, and flip averaging with one encoding of a face.</summary>
internal static class EncoderBenchmark
{
    /// <summary>Returns the ratios as sentences; null without all networks.</summary>
    public static string? Run(ModelStore store, CatalogueEntry detects, CatalogueEntry composite, IReadOnlyList<Frame> frames)
    {
        if (!store.IsHere(detects) || !store.IsHere(composite))
            return null;
        using FaceDetector detector = new(detects, new Network(detects.Id, store.Open(detects).Content));
        (Frame Frame, Landmarks Landmarks)[] faces = [.. frames.Select(frame => (frame, detector.Detect(frame)[0].Landmarks))];
        using FaceEncoder joined = FaceEncoder.Open(composite, store);
        FaceEncoder[] parts = [.. Catalogue.Embedded.NetworksOf(composite).Select(part => FaceEncoder.Open(part, store))];
        FaceEncoder[] encoders = [joined, .. parts];
        double[] times = ProcessorTime.InTurns(faces,
        [
            .. encoders.SelectMany(encoder => new Action<(Frame Frame, Landmarks Landmarks)>[]
            {
                face => encoder.Encode(face.Frame, face.Landmarks), face => encoder.Encode(face.Frame, face.Landmarks, flips: true),
            }),
        ]);
        IEnumerable<string> words = encoders.Select((encoder, i) => $"An encoding by {encoder.Entry.Id} costs {times[2 * i]:#,0} us of "
            + $"processor time, {times[2 * i] / times[2]:0.00} times one by {parts[0].Entry.Id}; with flips "
            + $"{times[(2 * i) + 1] / times[2 * i]:0.00} times as much as without.");
        foreach (FaceEncoder part in parts)
            part.Dispose();
        return string.Join('\n', words);
    }
}
