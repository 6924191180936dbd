using System.Text.Json;

namespace DoorAgent.Galleries;

/// <summary>
/// What an archive of people says of itself. The archive is a ZIP file of two members: <c>manifest.json</c>, which is this, and
/// <c>gallery.db</c>, a gallery as the program keeps it (behaviour.md, section 6) with only the people chosen and the encodings
/// of its active encoder. The digest finds what was cut off or changed by accident; it is no seal against a forger.
/// </summary>
/// <param name="Format">Of the archive; this program writes and reads 1.</param>
/// <param name="Made">When, UTC.</param>
/// <param name="Encoder">The encoder of all encodings in it.</param>
/// <param name="People">How many people.</param>
/// <param name="Badges">How many badges they have.</param>
/// <param name="Encodings">How many encodings.</param>
/// <param name="Crops">How many kept faces.</param>
/// <param name="Bytes">Length of gallery.db.</param>
/// <param name="Sha256">SHA-256 of gallery.db, lower-case hexadecimal.</param>
internal sealed record ArchiveManifest(
    int Format, string Made, EncoderIdentity Encoder, long People, long Badges, long Encodings, long Crops, long Bytes, string Sha256)
{
    /// <summary>The format that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The member that is this.</summary>
    public const string Member = "manifest.json";

    /// <summary>The member that holds the people.</summary>
    public const string GalleryMember = "gallery.db";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads a manifest; one of another format is read as far as that.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ArchiveManifest Parse(ReadOnlySpan<byte> json)
    {
        ArchiveManifest read = JsonSerializer.Deserialize<ArchiveManifest>(json, Json) ?? throw new JsonException("it is empty");
        return read.Format != CurrentFormat || read is { Encoder.Digest: not null, Sha256: not null } ? read : throw new JsonException("something is missing");
    }
}
