using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>One network of an encoder, with the alignment of its input. Reuses its buffers; not thread-safe.</summary>
internal sealed class EncoderPart : IDisposable
{
    private readonly INetwork _network;
    private readonly AlignedPacker _packer;
    private readonly (float X, float Y)[] _template;
    private FaceEncoding? _last;

    /// <exception cref="UserErrorException">The network's input does not have the size that the catalogue states.</exception>
    public EncoderPart(CatalogueEntry entry, INetwork network)
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

    /// <summary>The network's entry of the catalogue.</summary>
    public CatalogueEntry Entry { get; }

    /// <summary>Version of the alignment of the crops that this network encodes.</summary>
    public int Alignment => Entry.Alignment!.Version;

    /// <summary>Opens a network of the catalogue without a self-test.</summary>
    /// <exception cref="UserErrorException">The network's file is missing, is another file, or cannot be loaded.</exception>
    public static EncoderPart Open(CatalogueEntry entry, ModelStore store)
    {
        if (!entry.HasFile)
            return new EncoderPart(entry, new RawPixels(entry.Input));
        ModelFile file = store.Open(entry);
        return new EncoderPart(file.Entry, new Network(entry.Id, file.Content));
    }

    /// <summary>Encodes a face in a picture.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="landmarks">The face's landmarks.</param>
    /// <param name="flips">Whether the encoding is the mean of the encodings of the aligned face and of its mirror image.</param>
    /// <exception cref="NetworkFaultException">The network failed or returned an invalid encoding.</exception>
    public FaceEncoding Encode(Frame frame, Landmarks landmarks, bool flips)
    {
        _packer.Pack(frame, FaceAligner.FromAligned(landmarks, _template), Input);
        return Run(flips);
    }

    /// <summary>Encodes a face from its crop in this network's alignment.</summary>
    /// <param name="crops">Crops of one face, in several alignments.</param>
    /// <param name="flips">As for a face in a picture.</param>
    /// <exception cref="InvalidDataException">No crop has the network's alignment and input size.</exception>
    /// <exception cref="NetworkFaultException">The network failed or returned an invalid encoding.</exception>
    public FaceEncoding Encode(IReadOnlyList<AlignedFace> crops, bool flips)
    {
        (int width, int height) = (Entry.Input.Width, Entry.Input.Height);
        AlignedFace? crop = crops.FirstOrDefault(
            crop => crop.Alignment == Alignment && crop.Picture.Width == width && crop.Picture.Height == height);
        if (crop is null)
        {
            IEnumerable<string> given = crops.Select(
                crop => $"{crop.Picture.Width} x {crop.Picture.Height} in alignment {crop.Alignment}");
            throw new InvalidDataException($"None of the face's crops ({string.Join(", ", given)}) fits {Entry.Id} "
                + $"({width} x {height}, alignment {Alignment}).");
        }

        return Encode(crop.Picture.Pixels, flips);
    }

    /// <summary>Encodes an aligned face: rows of interleaved B, G, R bytes in the network's input size.</summary>
    /// <exception cref="NetworkFaultException">The network failed or returned an invalid encoding.</exception>
    public FaceEncoding Encode(ReadOnlySpan<byte> aligned, bool flips = false)
    {
        _packer.Pack(aligned, Input);
        return Run(flips);
    }

    public void Dispose() => _network.Dispose();

    private Span<float> Input => _network.Input(Entry.Input.Height, Entry.Input.Width);

    private FaceEncoding Run(bool flips)
    {
        FaceEncoding straight = Run();
        if (!flips)
            return straight;
        // A run leaves the input as it was, so that its mirror image need not be warped again.
        _packer.Mirror(Input);
        return FaceEncoding.MeanOf(straight, Run());
    }

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
