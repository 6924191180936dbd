namespace DoorAgent.Matching;

/// <summary>Names one state of a gallery file.</summary>
/// <param name="Revision">Number of changes so far, 0 or more.</param>
/// <param name="Mark">Random mark of the last change in hexadecimal: two changes can lead to the same revision, but not to the same mark.
/// Empty in the oldest formats.</param>
/// <param name="Digest">Digest of all rows in hexadecimal, which only a holder of the key can make; null for an open gallery.</param>
/// <param name="KeyId">Identity of the key; null for an open gallery.</param>
internal sealed record GalleryHead(long Revision, string Mark, string? Digest = null, string? KeyId = null)
{
    /// <summary>Whether the gallery is sealed.</summary>
    public bool IsSealed => KeyId is not null;
}
