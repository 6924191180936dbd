namespace DoorAgent.Hardware.Badges.Osdp;

/// <summary>
/// The key of an OSDP reader's secure channel (SCBK, 16 bytes). The key that readers are shipped with (SCBK-D) is public and
/// no key. It never prints.
/// </summary>
internal sealed class OsdpKey
{
    /// <summary>Name of the credential that holds it, unless the configuration names a file.</summary>
    public const string Credential = "dooragent.osdp-key";

    /// <summary>Bytes of a key.</summary>
    public const int Length = 16;

    private const string Form = "It is 32 hexadecimal digits, other for each door, the same that the reader was given when it was paired";

    private OsdpKey(byte[] bytes) => Bytes = bytes;

    /// <summary>The key: a secret.</summary>
    public byte[] Bytes { get; }

    /// <summary>Reads the key from a file; with none configured, from the service's credentials.</summary>
    /// <param name="file">The file; null for the credential.</param>
    /// <param name="credentials">The directory of the service's credentials ($CREDENTIALS_DIRECTORY); null where there is none.</param>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It holds no key, or the one that everybody knows.</exception>
    public static OsdpKey Read(string? file, string? credentials)
    {
        string path = file ?? Path.Combine(credentials ?? throw new IOException(
            $"The OSDP reader has no key: put it into a file that only this service may read "
                + $"and name it in Badges:OsdpKey, or give the service a credential {Credential}. {Form}."), Credential);
        try
        {
            return Parse(File.ReadAllText(path).Trim());
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"The OSDP reader's key may not be read: {denied.Message}", denied);
        }
        catch (FormatException wrong)
        {
            throw new InvalidDataException($"{path}: {wrong.Message}", wrong);
        }
    }

    /// <summary>The key of these hexadecimal digits.</summary>
    /// <exception cref="FormatException">They are no key, or the one that everybody knows.</exception>
    public static OsdpKey Parse(string hex)
    {
        if (hex.Length != 2 * Length || !hex.All(char.IsAsciiHexDigit))
            throw new FormatException($"That is not an OSDP key. {Form}.");
        byte[] bytes = Convert.FromHexString(hex);
        if (IsPublic(bytes))
            throw new FormatException("That OSDP key is one that everybody knows: "
                + $"anybody at the cable could read and replay badges. {Form}.");
        return new OsdpKey(bytes);
    }

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => "an OSDP key";

    /// <summary>Whether it is the key of installation, 30 31 ... 3F, or one byte repeated.</summary>
    private static bool IsPublic(byte[] bytes) =>
        bytes.Select((value, place) => value == 0x30 + place).All(isSo => isSo) || bytes.All(value => value == bytes[0]);
}
