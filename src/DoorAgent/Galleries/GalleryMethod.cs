using DoorAgent.Networks;

namespace DoorAgent.Galleries;

/// <summary>How the people of a gallery are compared, as the file names it. Encodings and distances hold for one method only.</summary>
/// <param name="Encoder">The active encoder.</param>
/// <param name="Rule">The rule of comparison.</param>
internal sealed record GalleryMethod(EncoderIdentity Encoder, ComparisonRule Rule);
