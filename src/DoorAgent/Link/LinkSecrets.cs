using System.Text;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Link;

/// <summary>Reads the passwords and keys of the channels: from a file that a setting names, or from a credential of systemd
/// (systemd.exec(5)). A secret is never printed.</summary>
/// <param name="credentials">Directory of the service's credentials; null where the process has none.</param>
internal sealed class LinkSecrets(string? credentials)
{
    /// <summary>The beginning of the name of every credential of the link.</summary>
    public const string Prefix = "dooragent-link.";

    private const int MostBytes = 4096;

    /// <summary>Decrypts the stored credentials, for root outside of the service.</summary>
    public SystemdCreds Systemd { get; init; } = new();

    /// <summary>The secrets of this process.</summary>
    public static LinkSecrets OfThisProcess() =>
        new(Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } given ? given : null);

    /// <summary>Reads a secret, without the end of its last line.</summary>
    /// <param name="name">Name of the secret, such as <c>mqtt-password</c>.</param>
    /// <param name="file">The file that a setting names; null for the credential.</param>
    /// <returns>The secret; null where no file is named and no credential exists.</returns>
    /// <exception cref="UserErrorException">The file cannot be read, is empty or too large; the message says what to do.</exception>
    public string? Read(string name, string? file)
    {
        string credential = Prefix + name;
        string? path = file ?? PathOf(credential);
        if (path is null)
            return null;
        try
        {
            byte[] bytes = new byte[MostBytes + 1];
            int length;
            using (FileStream stream = File.OpenRead(path))
                length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            bytes = bytes[..length];
            if (path.StartsWith(EncryptedStore, StringComparison.Ordinal))
                bytes = Systemd.Decrypt(credential, bytes);
            string secret = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimEnd('\r', '\n');
            return bytes.Length is > 0 and <= MostBytes && secret.Length > 0 ? secret
                : throw new UserErrorException($"{path} must contain the secret {name}, at most {MostBytes} bytes.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new UserErrorException($"The secret {name} cannot be read from {path}: {failure.Message} {HowTo(name)}", failure);
        }
    }

    /// <summary>Returns how to give the service a secret, as a sentence.</summary>
    public static string HowTo(string name) => $"Give it to the service as a credential: 'sudo systemd-creds encrypt --name={Prefix}{name} - "
        + $"{EncryptedStore}{Prefix}{name}', or write it into a file that only the link's user may read and name that file.";

    private const string EncryptedStore = "/etc/credstore.encrypted/";

    private const string PlainStore = "/etc/credstore/";

    private string? PathOf(string credential)
    {
        if (credentials is not null)
            return Path.Combine(credentials, credential) is var given && File.Exists(given) ? given : null;
        // Outside of the service: only root may read these.
        return !Libc.IsRoot ? null
            : new[] { EncryptedStore + credential, PlainStore + credential }.FirstOrDefault(File.Exists);
    }
}
