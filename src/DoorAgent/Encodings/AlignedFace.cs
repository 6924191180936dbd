using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Encodings;

/// <summary>A face put upright as one version of the alignment wants it, in whole bytes: what a crop keeps.</summary>
/// <param name="Alignment">The alignment's version. Encoders of one version take the same size and put the landmarks at the same points.</param>
/// <param name="Picture">Of the size that encoders of that version take.</param>
internal sealed record AlignedFace(int Alignment, Frame Picture)
{
    private static readonly CatalogueEntry[] Encoders =
    [
        .. Catalogue.Embedded.Entries.Where(entry => entry.Alignment is not null).DistinctBy(entry => entry.Alignment!.Version),
    ];

    /// <summary>A face in each alignment that the catalogue knows: from these any of its encoders can encode it again.</summary>
    public static IReadOnlyList<AlignedFace> All(Frame picture, Landmarks landmarks) => [.. Encoders.Select(encoder => Of(picture, landmarks, encoder))];

    private static AlignedFace Of(Frame picture, Landmarks landmarks, CatalogueEntry encoder)
    {
        Frame aligned = new();
        aligned.Resize(encoder.Input.Width, encoder.Input.Height);
        AlignedPacker.Warp(picture, FaceAligner.FromAligned(landmarks, [.. encoder.Alignment!.Points.Select(point => (point[0], point[1]))]), aligned);
        return new AlignedFace(encoder.Alignment.Version, aligned);
    }
}
