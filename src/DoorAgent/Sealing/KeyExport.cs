using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DoorAgent.Sealing;

/// <summary>
/// The key of a door under a passphrase, as text that survives a printer and a keyboard. The first line is <c>dooragent-key-export-1</c>
/// and the key's id. The other lines are 76 bytes in hexadecimal digits, 16 bytes a line, with <c>=</c> and two bytes of checksum (the
/// first of SHA-256 of the line's bytes): salt (16), nonce (12), ciphertext (32), tag (16). The key of AES-256-GCM is HKDF-SHA-256 with
/// info <c>dooragent key export</c> of PBKDF2-SHA-256 (600,000 rounds) of passphrase and salt; the first line without its end is the
/// associated data. Lines that begin with # are comments.
/// </summary>
internal static class KeyExport
{
    private const string Start = "dooragent-key-export-1";
    private const string Purpose = "key export";
    private const int Bytes = Passphrase.SaltBytes + DoorKey.Length + Seal.Overhead;
    private const int BytesOfLine = 16, BytesOfGroup = 2, BytesOfChecksum = 2, IdDigits = 16;

    /// <summary>Exports a key.</summary>
    /// <exception cref="UserErrorException">The passphrase is too short.</exception>
    public static string Write(DoorKey key, string passphrase)
    {
        if (Passphrase.Refusal(passphrase) is { } why)
            throw new UserErrorException(why);
        byte[] salt = RandomNumberGenerator.GetBytes(Passphrase.SaltBytes), secret = key.RevealBytes();
        string head = $"{Start} {key.Id}";
        using Seal seal = new(Passphrase.KeyOf(passphrase, salt), Purpose);
        byte[] all = [.. salt, .. seal.Close(secret, Encoding.UTF8.GetBytes(head))];
        CryptographicOperations.ZeroMemory(secret);
        return string.Concat(all.Chunk(BytesOfLine).Select(LineOf).Prepend(head).Select(line => $"{line}\n"));
    }

    /// <summary>Whether a text begins as an export does.</summary>
    public static bool IsExport(string text) => Lines(text).FirstOrDefault() is { } head && head.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>Returns the id of the exported key.</summary>
    /// <exception cref="UserErrorException">The text is not an export.</exception>
    public static string IdOf(string text) => Lines(text).FirstOrDefault()?.Split(' ') is [Start, { Length: IdDigits } id] ? id.ToLowerInvariant()
        : throw new UserErrorException($"This is not the export of a key: its first line must be '{Start}' and the key's id.");

    /// <summary>Reads an export.</summary>
    /// <exception cref="UserErrorException">The text is not an export, has a typing mistake, or the passphrase is another one; the message
    /// says which.</exception>
    public static DoorKey Read(string text, string passphrase)
    {
        string id = IdOf(text);
        byte[] all = BytesOf(text);
        using Seal seal = new(Passphrase.KeyOf(passphrase, all.AsSpan(0, Passphrase.SaltBytes)), Purpose);
        byte[] secret = [];
        try
        {
            secret = seal.Open(all.AsSpan(Passphrase.SaltBytes), Encoding.UTF8.GetBytes($"{Start} {id}"));
            return DoorKey.Of(secret);
        }
        catch (BrokenSealException)
        {
            throw new UserErrorException($"The passphrase does not open the export of the key {id}. Type the passphrase of that day again.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Returns the bytes of an export, whose lines are complete and have no typing mistake.</summary>
    /// <exception cref="UserErrorException">A line is wrong or missing; the message says which.</exception>
    public static byte[] BytesOf(string text)
    {
        byte[] all = [.. Lines(text).Skip(1).SelectMany((line, index) => BytesOf(line, index + 1))];
        return all.Length == Bytes ? all
            : throw new UserErrorException($"The export of the key has {all.Length} of {Bytes} bytes: lines are missing or too many.");
    }

    private static string LineOf(byte[] bytes) => string.Join(' ', bytes.Chunk(BytesOfGroup).Select(Convert.ToHexStringLower))
        + $" ={Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, BytesOfChecksum))}";

    private static byte[] BytesOf(string line, int number)
    {
        string[] parts = line.Replace(" ", "", StringComparison.Ordinal).Split('=');
        try
        {
            if (parts.Length == 2 && Convert.FromHexString(parts[0]) is var bytes
                && Convert.FromHexString(parts[1]).AsSpan().SequenceEqual(SHA256.HashData(bytes).AsSpan(0, BytesOfChecksum)))
                return bytes;
        }
        catch (FormatException)
        {
            // The message below names the line.
        }

        throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"Line {number} of the export's digits has a typing mistake. Compare the line with the sheet."));
    }

    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())
        .Where(line => line.Length > 0 && line[0] != '#');
}
