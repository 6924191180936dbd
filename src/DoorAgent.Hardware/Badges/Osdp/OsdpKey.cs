namespace DoorAgent.Hardware.Badges.Osdp;

/// <summary>
/// The key of an OSDP reader's secure channel (SCBK, 16 bytes). The default key of new readers (SCBK-D) is public and therefore
/// refused. A key is never printed.
/// </summary>
internal sealed class OsdpKey
{
    /// <summary>Name of the credential that contains the key, unless the configuration names a file.</summary>
    public const string Credential = "dooragent.osdp-key";

    /// <summary>The number of bytes in a key.</summary>
    public const int Length = 16;

    private const string Form = "An OSDP key is 32 hexadecimal digits, different for each door, and the same as in the paired reader";

    private OsdpKey(byte[] bytes) => Bytes = bytes;

    /// <summary>The key's bytes: a secret.</summary>
    public byte[] Bytes { get; }

    /// <summary>Reads the key from a file or, without a configured file, from the service's credentials.</summary>
    /// <param name="file">The file; null for the credential.</param>
    /// <param name="credentials">The directory of the service's credentials ($CREDENTIALS_DIRECTORY); null when the service has
    /// none.</param>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file does not contain a key, or contains a publicly known one.</exception>
    public static OsdpKey Read(string? file, string? credentials)
    {
        string path = file ?? Path.Combine(credentials ?? throw new IOException(
            "The OSDP reader has no key: write the key into a file that only this service may read and name the file in Badges:OsdpKey, "
            + $"or give the service a credential {Credential}. {Form}."), Credential);
        try
        {
            return Parse(File.ReadAllText(path).Trim());
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"This service may not read the OSDP reader's key: {denied.Message}", denied);
        }
        catch (FormatException wrong)
        {
            throw new InvalidDataException($"{path}: {wrong.Message}", wrong);
        }
    }

    /// <summary>Parses a key of hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is not a key, or is a publicly known one.</exception>
    public static OsdpKey Parse(string hex)
    {
        if (hex.Length != 2 * Length || !hex.All(char.IsAsciiHexDigit))
            throw new FormatException($"That is not an OSDP key. {Form}.");
        byte[] bytes = Convert.FromHexString(hex);
        if (IsPublic(bytes))
            throw new FormatException(
                $"That OSDP key is one that everybody knows: anybody with access to the cable could read and replay badges. {Form}.");
        return new OsdpKey(bytes);
    }

    /// <summary>Returns a text that does not reveal the key.</summary>
    public override string ToString() => "an OSDP key";

    /// <summary>Whether the key is the default key of new readers, 30 31 ... 3F, or a single repeated byte.</summary>
    private static bool IsPublic(byte[] bytes) =>
        bytes.Select((value, place) => value == 0x30 + place).All(isSo => isSo) || bytes.All(value => value == bytes[0]);
}
