using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Benchmarks;

/// <summary>Times the liveness networks on a frame, crop included, and holds all three against one encoding.</summary>
internal static class LivenessBenchmark
{
    /// <summary>Writes a row for each network; returns the ratio as a sentence, or null without all networks.</summary>
    public static string? Run(ModelStore store, CatalogueEntry detects, CatalogueEntry encodes, IReadOnlyList<Frame> frames)
    {
        CatalogueEntry[] entries = [.. Catalogue.Liveness.Select(id => Catalogue.Embedded.Find(id, ModelTask.Liveness))];
        if (entries.Concat([detects, encodes]).Any(entry => store.Locate(entry) is null))
            return null;
        using FaceDetector detector = new(detects, new Network(detects.Id, store.Open(detects).Content));
        LivenessFrame[] faces = [.. frames.Select(frame => new LivenessFrame(frame, detector.Detect(frame)[0]))];
        foreach (CatalogueEntry entry in entries)
        {
            ModelCrop crop = entry.Crop!;
            Frame target = new();
            target.Resize(entry.Input.Width, entry.Input.Height);
            string with = $"{entry.Id}, {target.Width} x {target.Height}";
            ResultTable.Add("crop of a face", with, faces, face => FaceCrop.TryTake(face.Frame, face.Face.Box, crop, target));
            using LivenessNetwork network = LivenessFactory.Open(store, entry);
            ResultTable.Add("liveness, whole", with, faces, face => network.LiveLogit(face));
        }

        using FaceEncoder encoder = FaceEncoder.Open(encodes, store);
        using LivenessNetworks networks = new((LivenessFactory.Open(store, entries[0]), LivenessFactory.Open(store, entries[1])),
            LivenessFactory.Open(store, entries[2]));
        double[] times = ProcessorTime.InTurns(faces,
            [face => networks.Score(face), face => encoder.Encode(face.Frame, face.Face.Landmarks)]);
        (double ours, double encoding) = (times[0], times[1]);
        return $"A frame judged by the three liveness networks costs {ours / encoding:0.00} encodings of {encodes.Id}: {ours:#,0} us of "
            + $"processor time against {encoding:#,0} us, all threads, in turns.";
    }
}
