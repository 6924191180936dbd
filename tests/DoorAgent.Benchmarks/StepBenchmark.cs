using System.Diagnostics;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;

namespace DoorAgent.Benchmarks;

/// <summary>Times each step of one frame over many frames.</summary>
internal sealed class StepBenchmark
{
    private const int Rounds = 3;

    private readonly string _name;
    private readonly Frame[] _frames;
    private readonly (string Name, Action<Frame> Run)[] _steps;

    public StepBenchmark(CatalogueEntry detector, CatalogueEntry encoder, ModelStore store, FaceReader reader, Frame[] frames)
    {
        (_name, _frames) = ($"{detector.Id} + {encoder.Id}", frames);
        Network finds = new(detector.Id, store.Open(detector).Content), encodes = new(encoder.Id, store.Open(encoder).Content);
        FaceDetector faces = new(detector, new Network(detector.Id, store.Open(detector).Content));
        FaceEncoder encodings = new(encoder, new Network(encoder.Id, store.Open(encoder).Content));
        AlignedPacker packer = new(encoder.Input);
        (float, float)[] template = [.. encoder.Alignment!.Points.Select(point => (point[0], point[1]))];
        Dictionary<Frame, Face> found = frames.ToDictionary(frame => frame, frame => faces.Detect(frame)[0]);
        _steps =
        [
            ("pad and pack", frame => FramePacker.Pack(frame, 0, finds.Input(Up(frame.Height), Up(frame.Width)), Up(frame.Width), Up(frame.Height))),
            ("detector's network", frame => finds.Run((_, _) => { })),
            ("detect, whole", frame => faces.Detect(frame)),
            ("quality", frame => FaceQuality.Of(frame, found[frame])),
            ("align and pack", frame => packer.Pack(frame, FaceAligner.FromAligned(found[frame].Landmarks, template), encodes.Input(encoder.Input.Height, encoder.Input.Width))),
            ("encoder's network", frame => encodes.Run((_, _) => { })),
            ("encode, whole", frame => encodings.Encode(frame, found[frame].Landmarks)),
            ("frame to encoding", frame => reader.ReadFrame(frame)),
        ];
    }

    public void Print()
    {
        List<(string Name, double Median, double P95, long Bytes)> rows = [.. _steps.Select(step => Time(step.Name, step.Run))];
        double networks = rows.Where(row => row.Name.EndsWith("network", StringComparison.Ordinal)).Sum(row => row.Median);
        foreach ((string name, double median, double p95, long bytes) in rows)
            Console.WriteLine($"| {_name} | {name} | {median:0.00} | {p95:0.00} | {median / networks:0.000} | {bytes:#,0} |");
    }

    private (string, double, double, long) Time(string name, Action<Frame> run)
    {
        foreach (Frame frame in _frames)
            run(frame);
        List<double> times = [];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Frame frame in _frames)
            {
                long start = Stopwatch.GetTimestamp();
                run(frame);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        long bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / times.Count;
        times.Sort();
        return (name, times[times.Count / 2], times[times.Count * 95 / 100], bytes);
    }

    private static int Up(int size) => (size + 31) / 32 * 32;
}
