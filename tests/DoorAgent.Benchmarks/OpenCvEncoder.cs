using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace DoorAgent.Benchmarks;

/// <summary>OpenCV's warp and network runner on the same encoder. The runner supports one deviation for all channels, so this class uses
/// the mean of the three.</summary>
internal sealed class OpenCvEncoder(CatalogueEntry entry, string file, IReadOnlyDictionary<Frame, Mat> pictures) : IDisposable
{
    private readonly Net _network = CvDnn.ReadNetFromOnnx(file)!;
    private readonly (float, float)[] _template = [.. entry.Alignment!.Points.Select(point => (point[0], point[1]))];
    private readonly Size _size = new(entry.Input.Width, entry.Input.Height);
    private readonly double _scale = entry.Input.Scale / entry.Input.Std.Average();
    private readonly Scalar _mean = new(entry.Input.Mean[0] / entry.Input.Scale,
        entry.Input.Mean[1] / entry.Input.Scale, entry.Input.Mean[2] / entry.Input.Scale);
    private readonly Mat _warp = new(2, 3, MatType.CV_64FC1);
    private readonly Mat _aligned = new();

    public void AlignAndPack(Frame frame, Landmarks landmarks)
    {
        Similarity map = FaceAligner.FromAligned(landmarks, _template);
        double[] values = [map.A, -map.B, map.X, map.B, map.A, map.Y];
        for (int i = 0; i < values.Length; i++)
            _warp.Set(i / 3, i % 3, values[i]);
        Cv2.WarpAffine(pictures[frame], _aligned, _warp, _size, InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap);
        using Mat? blob = CvDnn.BlobFromImage(_aligned, _scale, _size, _mean, swapRB: entry.Input.Channels == "RGB", crop: false);
        _network.SetInput(blob!);
    }

    public void Dispose()
    {
        _network.Dispose();
        _warp.Dispose();
        _aligned.Dispose();
    }

    public void RunNetwork()
    {
        using Mat output = _network.Forward();
    }

    public FaceEncoding Encode(Frame frame, Landmarks landmarks)
    {
        AlignAndPack(frame, landmarks);
        using Mat output = _network.Forward();
        return FaceEncoding.Normalised(output.AsSpan<float>());
    }
}
