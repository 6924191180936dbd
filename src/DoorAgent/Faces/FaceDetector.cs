using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Faces;

/// <summary>Detects faces with a YuNet. Reuses its buffers; not thread-safe.</summary>
internal sealed class FaceDetector : IDisposable
{
    private const int Multiple = 32;

    private static readonly int[] Strides = [8, 16, 32];
    private static readonly string[] Kinds = ["cls", "obj", "bbox", "kps"];

    private readonly Network _network;
    private readonly (int Stride, int Kind)[] _outputs;
    private readonly Dictionary<(int Stride, int Kind), float[]> _buffers = [];
    private readonly List<Face> _faces = [];
    private readonly int _fixedWidth;
    private readonly int _fixedHeight;

    /// <exception cref="UserErrorException">The network has other inputs or outputs than a YuNet.</exception>
    public FaceDetector(CatalogueEntry entry, Network network)
    {
        (Entry, _network) = (entry, network);
        (_fixedWidth, _fixedHeight) = (entry.Input.Width, entry.Input.Height);
        _outputs = [.. network.OutputNames.Select(ParseOutput)];
        string[] missing = [.. Strides.SelectMany(s => Kinds.Select(k => $"{k}_{s}")).Except(network.OutputNames)];
        if (missing.Length > 0 || network.InputShape.Count != 4)
        {
            throw new UserErrorException(
                $"{entry.Id} is not a face detector of the YuNet kind: the output {string.Join(", ", missing)} is missing.");
        }
    }

    public CatalogueEntry Entry { get; }

    /// <summary>Detects the faces of a frame, highest score first; the next call reuses the list.</summary>
    /// <exception cref="NetworkFaultException">The network failed or returned values that are not finite.</exception>
    public IReadOnlyList<Face> Detect(Frame frame) => Detect(frame, 0);

    /// <summary>Detects faces with the frame reflected at its edges by <paramref name="border"/> pixels, which finds faces that are cut by
    /// an edge. Coordinates are the frame's; faces with a centre outside the frame are omitted.</summary>
    public IReadOnlyList<Face> Detect(Frame frame, int border)
    {
        int width = RoundUp(frame.Width + (2 * border), _fixedWidth);
        int height = RoundUp(frame.Height + (2 * border), _fixedHeight);
        FramePacker.Pack(frame, border, _network.Input(height, width), width, height);
        _network.Run(StoreOutput);
        _faces.Clear();
        foreach (int stride in Strides)
            Decode(stride, width, height);
        DetectionDecoder.Suppress(_faces);
        if (border > 0)
            RemoveBorder(frame, border);
        return _faces;
    }

    public void Dispose() => _network.Dispose();

    private void Decode(int stride, int width, int height)
    {
        int columns = width / stride, cells = columns * (height / stride);
        DetectorOutputs outputs = new(stride, columns, Values(0, 1), Values(1, 1), Values(2, 4), Values(3, 2 * Landmarks.Count));
        DetectionDecoder.Decode(outputs, _faces);

        ReadOnlySpan<float> Values(int kind, int each) => _buffers[(stride, kind)].AsSpan(0, each * cells);
    }

    private void StoreOutput(int index, ReadOnlySpan<float> values)
    {
        (int Stride, int Kind) output = _outputs[index];
        if (output.Stride == 0)
            return;
        if (!_buffers.TryGetValue(output, out float[]? buffer) || buffer.Length < values.Length)
            _buffers[output] = buffer = new float[values.Length];
        values.CopyTo(buffer);
        if (!float.IsFinite(System.Numerics.Tensors.TensorPrimitives.Sum(values)))
            throw new NetworkFaultException($"The detector {Entry.Id} returned values that are not finite: the network is broken.");
    }

    private void RemoveBorder(Frame frame, int border)
    {
        for (int i = _faces.Count - 1; i >= 0; i--)
        {
            Face face = _faces[i];
            FaceBox box = face.Box with { X = face.Box.X - border, Y = face.Box.Y - border };
            if (box.Centre.X < 0 || box.Centre.Y < 0 || box.Centre.X >= frame.Width || box.Centre.Y >= frame.Height)
            {
                _faces.RemoveAt(i);
                continue;
            }

            Landmarks landmarks = face.Landmarks;
            for (int k = 0; k < Landmarks.Count; k++)
                landmarks[k] = (landmarks[k].X - border, landmarks[k].Y - border);
            _faces[i] = face with { Box = box, Landmarks = landmarks };
        }
    }

    private static (int Stride, int Kind) ParseOutput(string name)
    {
        foreach (int stride in Strides)
        {
            for (int kind = 0; kind < Kinds.Length; kind++)
            {
                if (name == $"{Kinds[kind]}_{stride}")
                    return (stride, kind);
            }
        }

        return (0, 0);
    }

    private static int RoundUp(int size, int fixedSize) => fixedSize > 0 ? fixedSize : (size + Multiple - 1) / Multiple * Multiple;
}
