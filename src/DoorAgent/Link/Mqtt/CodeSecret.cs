using System.Security.Cryptography;
using OtpNet;

namespace DoorAgent.Link.Mqtt;

/// <summary>The secret of the codes: 20 random bytes, written as Base32 (RFC 4648), which people can type into an app.</summary>
internal static class CodeSecret
{
    /// <summary>Name of the secret, and of its file in the link's directory.</summary>
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

    /// <summary>Returns the path of the file that the command writes.</summary>
    /// <param name="state">The link's own directory.</param>
    public static string FileIn(string state) => Path.Combine(state, Name);

    /// <summary>Reads the secret: of the file that the settings name, else the service's credential, else the file that the command
    /// writes.</summary>
    /// <param name="file">The file of the settings; null for none.</param>
    /// <param name="secrets">The service's credentials.</param>
    /// <param name="state">The link's own directory.</param>
    /// <exception cref="UserErrorException">There is no secret, or it cannot be read; the message says what to do.</exception>
    public static byte[] Read(string? file, LinkSecrets secrets, string state)
    {
        string written = FileIn(state);
        string text = secrets.Read(Name, file) ?? (File.Exists(written) ? secrets.Read(Name, written) : null)
            ?? throw new UserErrorException("There is no secret for the codes: 'sudo dooragent link totp' makes one.");
        try
        {
            byte[] secret = Base32Encoding.ToBytes(text.Trim());
            return secret.Length == CodeRule.SecretBytes ? secret : throw new ArgumentException("it has not 32 letters and digits");
        }
        catch (ArgumentException wrong)
        {
            throw new UserErrorException(
                $"The secret for the codes cannot be used: {wrong.Message}. 'sudo dooragent link totp --new' makes another.", wrong);
        }
    }
}
