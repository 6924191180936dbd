using System.Security.Cryptography;
using OtpNet;

namespace DoorAgent.Link.Mqtt;

/// <summary>The secret of the codes: 20 random bytes, written as Base32 (RFC 4648), which people can type into an app.</summary>
internal static class CodeSecret
{
    /// <summary>Name of the credential and of the file in the link's directory.</summary>
    public const string Name = "mqtt-totp";

    /// <summary>Makes a secret.</summary>
    public static byte[] Create() => RandomNumberGenerator.GetBytes(CodeRule.SecretBytes);

    /// <summary>Returns the secret as people type it.</summary>
    public static string Print(byte[] secret) => Base32Encoding.ToString(secret);

    /// <summary>Returns the address that an authenticator app reads from a QR code.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="door">The door's name.</param>
    public static string Uri(byte[] secret, string door) =>
        new OtpUri(OtpType.Totp, Print(secret), door, nameof(DoorAgent)).ToString();

    /// <summary>Reads the secret.</summary>
    /// <param name="file">The file of the settings; null for none.</param>
    /// <param name="credentials">The directory of the service's credentials; null without any.</param>
    /// <param name="state">The link's own directory.</param>
    /// <exception cref="IOException">There is no secret, or it cannot be read.</exception>
    public static byte[] Read(string? file, string? credentials, string state)
    {
        string path = SecretFile.Find(file, Name, credentials, Path.Combine(state, Name))!;
        if (!File.Exists(path))
            throw new IOException($"There is no secret at {path}: 'sudo dooragent link totp' makes one.");
        try
        {
            byte[] secret = Base32Encoding.ToBytes(SecretFile.Read(path).Trim());
            return secret.Length == CodeRule.SecretBytes ? secret : throw new ArgumentException("a secret has 32 letters and digits");
        }
        catch (ArgumentException wrong)
        {
            throw new IOException($"{path} has no secret ({wrong.Message}): 'sudo dooragent link totp --new' makes one.", wrong);
        }
    }
}
