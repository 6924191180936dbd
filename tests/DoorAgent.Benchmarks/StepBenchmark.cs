using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using OpenCvSharp;

namespace DoorAgent.Benchmarks;

/// <summary>Times each step of one frame over many frames, and the same step of OpenCV.</summary>
internal sealed class StepBenchmark(ModelStore store, Frame[] frames)
{
    private readonly IReadOnlyDictionary<Frame, Mat> _pictures = OpenCvDetector.Pictures(frames);

    public void Detect(CatalogueEntry entry)
    {
        ModelFile file = store.Open(entry);
        using Network network = new(entry.Id, file.Content);
        using FaceDetector detector = new(entry, new Network(entry.Id, file.Content));
        using OpenCvDetector? twin = OpenCvDetector.Open(file.Path, _pictures);
        NeedsSame(detector.Detect(frames[0])[0].Box, twin?.Detect(frames[0]));
        int width = Up(frames[0].Width), height = Up(frames[0].Height);
        string with = $"{entry.Id}, {width} x {height}";
        ResultTable.Add("convert: bytes to padded planes", with, frames,
            frame => FramePacker.Pack(frame, 0, network.Input(height, width), width, height),
            twin is null ? null : twin.Convert);
        ResultTable.Add("detector's network", with, frames, _ => network.Run((_, _) => { }), twin is null ? null : _ => twin.RunNetwork());
        ResultTable.Add("detect, whole", with, frames, frame => detector.Detect(frame), twin is null ? null : frame => twin.Detect(frame));
    }

    public void Encode(CatalogueEntry entry, CatalogueEntry detects)
    {
        ModelFile file = store.Open(entry);
        using FaceDetector detector = new(detects, new Network(detects.Id, store.Open(detects).Content));
        Dictionary<Frame, Face> found = frames.ToDictionary(frame => frame, frame => detector.Detect(frame)[0]);
        using Network network = new(entry.Id, file.Content);
        using FaceEncoder encoder = new(entry, new Network(entry.Id, file.Content));
        AlignedPacker packer = new(entry.Input);
        (float, float)[] template = [.. entry.Alignment!.Points.Select(point => (point[0], point[1]))];
        using OpenCvEncoder twin = new(entry, file.Path, _pictures);
        NeedsSame(encoder.Encode(frames[0], found[frames[0]].Landmarks), twin.Encode(frames[0], found[frames[0]].Landmarks));
        string with = $"{entry.Id}, {entry.Input.Width} x {entry.Input.Height}";
        ResultTable.Add("quality", with, frames, frame => FaceQuality.Of(frame, found[frame]));
        ResultTable.Add("align and pack", with, frames,
            frame => packer.Pack(frame, FaceAligner.FromAligned(found[frame].Landmarks, template),
                network.Input(entry.Input.Height, entry.Input.Width)),
            frame => twin.AlignAndPack(frame, found[frame].Landmarks));
        ResultTable.Add("encoder's network", with, frames, _ => network.Run((_, _) => { }), _ => twin.RunNetwork());
        ResultTable.Add("encode, whole", with, frames, frame => encoder.Encode(frame, found[frame].Landmarks),
            frame => twin.Encode(frame, found[frame].Landmarks));
    }

    /// <summary>Checks that both compute the same result: otherwise a comparison of their times proves nothing.</summary>
    private static void NeedsSame(FaceBox ours, float[]? theirs)
    {
        float[] box = [ours.X, ours.Y, ours.Width, ours.Height];
        if (theirs is not null && (theirs.Length != 4 || box.Zip(theirs).Any(pair => MathF.Abs(pair.First - pair.Second) > 1)))
            throw new InvalidOperationException($"OpenCV finds {string.Join(", ", theirs)}, we find {ours}.");
    }

    private static void NeedsSame(FaceEncoding ours, FaceEncoding theirs)
    {
        if (ours.DistanceTo(theirs) > 0.1f)
            throw new InvalidOperationException($"OpenCV's encoding is {ours.DistanceTo(theirs)} from ours.");
    }

    private static int Up(int size) => (size + 31) / 32 * 32;
}
