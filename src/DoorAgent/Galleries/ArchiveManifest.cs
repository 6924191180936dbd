using System.Text.Json;
using System.Text.Json.Serialization;
using DoorAgent.Sealing;

namespace DoorAgent.Galleries;

/// <summary>
/// The manifest of an archive of people. The archive is a ZIP file with two members: <c>manifest.json</c>, which is this record, and
/// <c>gallery.db</c>, a gallery in the program's own format (behaviour.md, section 6) with only the chosen people and the encodings of the
/// active encoder. The digest detects a truncated or accidentally changed archive; it does not protect against forgery.
/// A sealed archive has <c>gallery.sealed</c> in place of gallery.db: that file, whose values are sealed too, as a
/// <see cref="Sealing.SealedStream"/>, both with the key of a passphrase (<see cref="Sealing.Passphrase"/>).
/// </summary>
/// <param name="Format">Format of the archive: 1 for an open one, 2 for a sealed one.</param>
/// <param name="Made">When the archive was made, UTC.</param>
/// <param name="Encoder">The encoder of all encodings in the archive.</param>
/// <param name="People">Number of people.</param>
/// <param name="Badges">Number of their badges.</param>
/// <param name="Encodings">Number of encodings.</param>
/// <param name="Crops">Number of kept faces.</param>
/// <param name="Bytes">Length of gallery.db.</param>
/// <param name="Sha256">SHA-256 of gallery.db, lower-case hexadecimal.</param>
/// <param name="Consents">Number of people with a recorded consent; an archive of an earlier version has none.</param>
/// <param name="Salt">Salt of the passphrase, lower-case hexadecimal; null in an open archive.</param>
/// <param name="Key">Id of the passphrase's key; null in an open archive.</param>
internal sealed record ArchiveManifest(
    int Format, string Made, EncoderIdentity Encoder, long People, long Badges, long Encodings, long Crops, long Bytes, string Sha256,
    long Consents = 0, string? Salt = null, string? Key = null)
{
    /// <summary>The format of an open archive.</summary>
    public const int OpenFormat = 1;

    /// <summary>The format of a sealed archive; newer ones are refused.</summary>
    public const int SealedFormat = 2;

    /// <summary>Name of the member that holds this manifest.</summary>
    public const string Member = "manifest.json";

    /// <summary>Name of the member that holds the people.</summary>
    public const string GalleryMember = "gallery.db";

    /// <summary>Name of the member that holds the people of a sealed archive.</summary>
    public const string SealedMember = "gallery.sealed";

    /// <summary>What that member is, for its seal.</summary>
    public const string SealedIdentity = "archive of people";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Whether the archive is sealed with a passphrase.</summary>
    [JsonIgnore]
    public bool IsSealed => Format == SealedFormat;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads a manifest. In a manifest of another format only the format is checked.</summary>
    /// <exception cref="JsonException">The text is not a manifest.</exception>
    public static ArchiveManifest Parse(ReadOnlySpan<byte> json)
    {
        ArchiveManifest read = JsonSerializer.Deserialize<ArchiveManifest>(json, Json) ?? throw new JsonException("it is empty");
        if (read.Format is < OpenFormat or > SealedFormat)
            return read;
        if (read is not { Encoder.Digest: not null, Sha256: not null })
            throw new JsonException("the encoder or the digest is missing");
        return read.IsSealed == (read is { Salt.Length: 2 * Passphrase.SaltBytes, Key: not null }) && (read.Salt ?? "").All(char.IsAsciiHexDigitLower)
            ? read
            : throw new JsonException("the salt or the key does not fit the format");
    }
}
