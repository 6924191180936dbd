using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>A face crop that is aligned for encoders of one alignment version, in bytes.</summary>
/// <param name="Alignment">Version of the alignment. Encoders of one version have the same input size and landmark positions.</param>
/// <param name="Picture">The crop, in the input size of these encoders.</param>
internal sealed record AlignedFace(int Alignment, Frame Picture)
{
    private static readonly CatalogueEntry[] Encoders =
    [
        .. Catalogue.Embedded.Entries.Where(entry => entry.Alignment is not null && !entry.IsComposite)
            .DistinctBy(entry => entry.Alignment!.Version),
    ];

    /// <summary>Crops a face in each alignment of the catalogue, so that any encoder of the catalogue can encode the face again. A
    /// composite encoder has no crop of its own: it encodes the crops of its parts.</summary>
    public static IReadOnlyList<AlignedFace> All(Frame picture, Landmarks landmarks) =>
        [.. Encoders.Select(encoder => Of(picture, landmarks, encoder))];

    private static AlignedFace Of(Frame picture, Landmarks landmarks, CatalogueEntry encoder)
    {
        Frame aligned = new();
        aligned.Resize(encoder.Input.Width, encoder.Input.Height);
        (float X, float Y)[] template = [.. encoder.Alignment!.Points.Select(point => (point[0], point[1]))];
        AlignedPacker.Warp(picture, FaceAligner.FromAligned(landmarks, template), aligned);
        return new AlignedFace(encoder.Alignment.Version, aligned);
    }
}
