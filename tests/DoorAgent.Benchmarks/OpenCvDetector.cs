using DoorAgent.Hardware.Cameras;
using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace DoorAgent.Benchmarks;

/// <summary>OpenCV's own detector class, and its network runner, on the same file and pictures.</summary>
internal sealed class OpenCvDetector : IDisposable
{
    private readonly IReadOnlyDictionary<Frame, Mat> _pictures;
    private readonly Mat _padded = new();
    private readonly Mat _faces = new();
    private readonly Size _up;
    private readonly FaceDetectorYN _detector;
    private readonly Net _network;
    private readonly string[] _names;
    private readonly Mat[] _outputs;

    private OpenCvDetector(string file, IReadOnlyDictionary<Frame, Mat> pictures)
    {
        _pictures = pictures;
        Size size = pictures.Values.First().Size();
        _up = new Size((size.Width + 31) / 32 * 32, (size.Height + 31) / 32 * 32);
        _detector = FaceDetectorYN.Create(file, "", size, scoreThreshold: 0.6f, nmsThreshold: 0.3f, topK: 5000, Backend.OPENCV, Target.CPU);
        _network = CvDnn.ReadNetFromOnnx(file)!;
        _names = [.. _network.GetUnconnectedOutLayersNames()!.Select(name => name!)];
        _outputs = [.. _names.Select(_ => new Mat())];
        Convert(pictures.Keys.First());
    }

    /// <summary>Opens a detector. Returns null if OpenCV refuses its file.</summary>
    public static OpenCvDetector? Open(string file, IReadOnlyDictionary<Frame, Mat> pictures)
    {
        try
        {
            return new OpenCvDetector(file, pictures);
        }
        catch (OpenCVException)
        {
            return null;
        }
    }

    /// <summary>Frames as OpenCV's pictures.</summary>
    public static IReadOnlyDictionary<Frame, Mat> Pictures(Frame[] frames) => frames.ToDictionary(frame => frame, frame =>
    {
        using Mat view = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Pixels.ToArray());
        return view.Clone();
    });

    public void Convert(Frame frame)
    {
        Mat picture = _pictures[frame];
        Cv2.CopyMakeBorder(picture, _padded, 0, _up.Height - picture.Height,
            0, _up.Width - picture.Width, BorderTypes.Constant, Scalar.Black);
        using Mat? blob = CvDnn.BlobFromImage(_padded);
        _network.SetInput(blob!);
    }

    public void Dispose()
    {
        foreach (Mat output in _outputs)
            output.Dispose();
        _network.Dispose();
        _detector.Dispose();
        _faces.Dispose();
        _padded.Dispose();
    }

    public void RunNetwork() => _network.Forward(_outputs, _names);

    /// <summary>The best face's x, y, width and height; empty if no face is found.</summary>
    public float[] Detect(Frame frame)
    {
        _detector.Detect(_pictures[frame], _faces);
        return _faces.Rows == 0 ? [] : [.. Enumerable.Range(0, 4).Select(column => _faces.At<float>(0, column))];
    }
}
