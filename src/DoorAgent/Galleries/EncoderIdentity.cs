using System.Text.Json.Serialization;
using DoorAgent.Encodings;
using DoorAgent.Networks;

namespace DoorAgent.Galleries;

/// <summary>Identifies the encoder and alignment that made an encoding. Only encodings with equal digest, alignment and dimension can be
/// compared.</summary>
/// <param name="Name">Catalogue id at the time when the encoding was made.</param>
/// <param name="Digest">SHA-256 of the encoder's file, lower-case hexadecimal.</param>
/// <param name="Alignment">Version of the alignment.</param>
/// <param name="Dimension">Number of values in an encoding.</param>
internal sealed record EncoderIdentity(string Name, string Digest, int Alignment, int Dimension)
{
    /// <summary>Catalogue id in this version, which differs from the name for a network that was built in before.</summary>
    [JsonIgnore]
    public string Id => Catalogue.Embedded.IdOf(Name, Digest);

    /// <summary>Whether encodings of both can be compared; the catalogue's names do not matter.</summary>
    public bool IsSameAs(EncoderIdentity other) => (Digest, Alignment, Dimension) == (other.Digest, other.Alignment, other.Dimension);

    public static EncoderIdentity Of(FacePipeline pipeline) => new(
        pipeline.EncoderId, Convert.ToHexStringLower(pipeline.EncoderDigest), pipeline.AlignmentVersion, pipeline.Dimension);
}
