using System.Text.Json;

namespace DoorAgent.Galleries;

/// <summary>
/// The manifest of an archive of people. The archive is a ZIP file with two members: <c>manifest.json</c>, which is this record, and
/// <c>gallery.db</c>, a gallery in the program's own format (behaviour.md, section 6) with only the chosen people and the encodings of the
/// active encoder. The digest detects a truncated or accidentally changed archive; it does not protect against forgery.
/// </summary>
/// <param name="Format">Format of the archive; this program writes and reads 1.</param>
/// <param name="Made">When the archive was made, UTC.</param>
/// <param name="Encoder">The encoder of all encodings in the archive.</param>
/// <param name="People">Number of people.</param>
/// <param name="Badges">Number of their badges.</param>
/// <param name="Encodings">Number of encodings.</param>
/// <param name="Crops">Number of kept faces.</param>
/// <param name="Bytes">Length of gallery.db.</param>
/// <param name="Sha256">SHA-256 of gallery.db, lower-case hexadecimal.</param>
/// <param name="Consents">Number of people with a recorded consent; an archive of an earlier version has none.</param>
internal sealed record ArchiveManifest(
    int Format, string Made, EncoderIdentity Encoder, long People, long Badges, long Encodings, long Crops, long Bytes, string Sha256,
    long Consents = 0)
{
    /// <summary>The format that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Name of the member that holds this manifest.</summary>
    public const string Member = "manifest.json";

    /// <summary>Name of the member that holds the people.</summary>
    public const string GalleryMember = "gallery.db";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads a manifest. In a manifest of another format only the format is checked.</summary>
    /// <exception cref="JsonException">The text is not a manifest.</exception>
    public static ArchiveManifest Parse(ReadOnlySpan<byte> json)
    {
        ArchiveManifest read = JsonSerializer.Deserialize<ArchiveManifest>(json, Json) ?? throw new JsonException("it is empty");
        return read.Format != CurrentFormat || read is { Encoder.Digest: not null, Sha256: not null }
            ? read
            : throw new JsonException("the encoder or the digest is missing");
    }
}
