namespace DoorAgent.Galleries;

/// <summary>
/// Which state of a gallery: an older copy that was put in its place, and changed since, may have come to the same revision, but never to
/// the same mark.
/// </summary>
/// <param name="Revision">Changes so far.</param>
/// <param name="Mark">Random mark of the last one, in hexadecimal; zeros in a format before marks.</param>
internal readonly record struct GalleryStamp(long Revision, string Mark);
