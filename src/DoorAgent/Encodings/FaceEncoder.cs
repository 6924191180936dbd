using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>Encodes faces. Reuses its buffers; not thread-safe.</summary>
internal sealed class FaceEncoder : IDisposable
{
    private readonly INetwork _network;
    private readonly AlignedPacker _packer;
    private readonly (float X, float Y)[] _template;
    private FaceEncoding? _last;

    /// <exception cref="UserErrorException">The network's input does not have the size that the catalogue states.</exception>
    public FaceEncoder(CatalogueEntry entry, INetwork network)
    {
        (Entry, _network, _packer) = (entry, network, new AlignedPacker(entry.Input));
        _template = [.. entry.Alignment!.Points.Select(point => (point[0], point[1]))];
        IReadOnlyList<int> shape = network.InputShape;
        if (shape.Count != 4 || shape[1] != 3 || shape[2] != entry.Input.Height || shape[3] != entry.Input.Width)
        {
            throw new UserErrorException($"The input of {entry.Id} is [{string.Join(" x ", shape)}] and must be "
                + $"1 x 3 x {entry.Input.Height} x {entry.Input.Width}: the file is another network.");
        }
    }

    public CatalogueEntry Entry { get; }

    /// <summary>Opens an encoder of the catalogue without a self-test.</summary>
    /// <exception cref="UserErrorException">The network's file is missing, is another file, or cannot be loaded.</exception>
    public static FaceEncoder Open(CatalogueEntry entry, ModelStore store)
    {
        if (!entry.HasFile)
            return new FaceEncoder(entry, new RawPixels(entry.Input));
        ModelFile file = store.Open(entry);
        return new FaceEncoder(file.Entry, new Network(entry.Id, file.Content));
    }

    /// <summary>Encodes a face in a picture.</summary>
    /// <exception cref="NetworkFaultException">The network failed or returned an invalid encoding.</exception>
    public FaceEncoding Encode(Frame frame, Landmarks landmarks)
    {
        _packer.Pack(frame, FaceAligner.FromAligned(landmarks, _template), Input);
        return Run();
    }

    /// <summary>Encodes an aligned face: rows of interleaved B, G, R bytes in the encoder's input size.</summary>
    /// <exception cref="NetworkFaultException">The network failed or returned an invalid encoding.</exception>
    public FaceEncoding Encode(ReadOnlySpan<byte> aligned)
    {
        _packer.Pack(aligned, Input);
        return Run();
    }

    public void Dispose() => _network.Dispose();

    private Span<float> Input => _network.Input(Entry.Input.Height, Entry.Input.Width);

    private FaceEncoding Run()
    {
        _last = null;
        _network.Run((index, values) =>
        {
            if (index == 0)
                _last = FaceEncoding.Normalised(values);
        });
        return _last is { } encoding && encoding.Dimension == Entry.Output!.Dimension
            ? encoding
            : throw new NetworkFaultException(
                $"The encoder {Entry.Id} returned {_last?.Dimension} numbers and must return {Entry.Output!.Dimension}.");
    }
}
