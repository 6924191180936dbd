using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>
/// Encodes faces with one network, or with the several parts of a composite encoder. The encoding of a composite consists of its
/// parts' unit encodings, joined in the catalogue's order and scaled to unit length: a squared distance is then the mean of the
/// parts' squared distances. Reuses its buffers; not thread-safe.
/// </summary>
internal sealed class FaceEncoder : IDisposable
{
    /// <exception cref="UserErrorException">The network's input does not have the size that the catalogue states.</exception>
    public FaceEncoder(CatalogueEntry entry, INetwork network)
        : this(entry, [new EncoderPart(entry, network)])
    {
    }

    /// <param name="entry">The encoder's entry of the catalogue, with its digest.</param>
    /// <param name="parts">Its networks, in order; the encoder owns them.</param>
    public FaceEncoder(CatalogueEntry entry, IReadOnlyList<EncoderPart> parts) => (Entry, Parts) = (entry, parts);

    public CatalogueEntry Entry { get; }

    /// <summary>The networks, in the order in which their encodings are joined; a plain encoder has one.</summary>
    public IReadOnlyList<EncoderPart> Parts { get; }

    /// <summary>Opens an encoder of the catalogue without a self-test.</summary>
    /// <exception cref="UserErrorException">A network's file is missing, is another file, or cannot be loaded.</exception>
    public static FaceEncoder Open(CatalogueEntry entry, ModelStore store)
    {
        List<EncoderPart> parts = [];
        try
        {
            foreach (CatalogueEntry part in Catalogue.Embedded.NetworksOf(entry))
                parts.Add(EncoderPart.Open(part, store));
        }
        catch (Exception failure)
        {
            parts.ForEach(part => part.Dispose());
            if (entry.IsComposite && failure is UserErrorException)
            {
                string missing = entry.Parts[parts.Count];
                throw new UserErrorException($"The encoder {entry.Id} needs its part {missing}. {failure.Message}", failure);
            }

            throw;
        }

        return entry.IsComposite
            ? new FaceEncoder(entry.OfParts([.. parts.Select(part => part.Entry)]), parts)
            : new FaceEncoder(parts[0].Entry, parts);
    }

    /// <summary>Encodes a face in a picture.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="landmarks">The face's landmarks.</param>
    /// <param name="flips">Whether each part's encoding is the mean of the encodings of the aligned face and of its mirror image, scaled
    /// to unit length again before it is joined.</param>
    /// <exception cref="NetworkFaultException">A network failed or returned an invalid encoding.</exception>
    public FaceEncoding Encode(Frame frame, Landmarks landmarks, bool flips = false)
    {
        FaceEncoding[] encodings = new FaceEncoding[Parts.Count];
        for (int i = 0; i < encodings.Length; i++)
            encodings[i] = Parts[i].Encode(frame, landmarks, flips);
        return FaceEncoding.Joined(encodings);
    }

    /// <summary>Encodes a face from its crops.</summary>
    /// <param name="crops">Crops of one face, among them one in the alignment of each part.</param>
    /// <param name="flips">As for a face in a picture.</param>
    /// <exception cref="InvalidDataException">The crop of a part is missing or has another size.</exception>
    /// <exception cref="NetworkFaultException">A network failed or returned an invalid encoding.</exception>
    public FaceEncoding Encode(IReadOnlyList<AlignedFace> crops, bool flips = false) =>
        FaceEncoding.Joined([.. Parts.Select(part => part.Encode(crops, flips))]);

    public void Dispose()
    {
        foreach (EncoderPart part in Parts)
            part.Dispose();
    }
}
