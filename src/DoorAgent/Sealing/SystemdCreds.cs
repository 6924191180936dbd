using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace DoorAgent.Sealing;

/// <summary>Encrypts and decrypts credentials of services with systemd-creds(1). Secrets pass through pipes only.</summary>
/// <param name="program">Name or path of the program.</param>
internal sealed class SystemdCreds(string program = "systemd-creds")
{
    // The first 16 bytes of an encrypted credential name its key. This one is the key of the machine alone; the others involve a TPM2 chip,
    // except the one of no key at all.
    private const string ByHost = "5a1c6a86df9d4096b1d5a65e0862f19a";
    private const string ByHostScoped = "55b9ed1d38594d43a8319d2ebb332ac6";
    private const string ByNothing = "058469daf6f54324800549da0f8ea2fb";
    private const int IdBytes = 16;

    // A TPM2 chip may need seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Whether systemd runs this machine and the program is installed, so that a service gets what is encrypted here.</summary>
    public bool IsUsable { get; init; } = Directory.Exists("/run/systemd/system") && IsInstalled(program);

    /// <summary>File with the machine's own key (systemd-creds(1), $SYSTEMD_CREDENTIAL_SECRET); null for systemd's own.</summary>
    public string? HostSecret { get; init; }

    /// <summary>Encrypts a secret for this machine: with the TPM2 chip where there is one, otherwise with the machine's own key. The chip is
    /// not bound to the state of the firmware, since an update of the firmware must not lock a door.</summary>
    /// <param name="name">Name of the credential.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>The encrypted credential, as text.</returns>
    /// <exception cref="IOException">The program failed; the message says why.</exception>
    public byte[] Encrypt(string name, byte[] secret) =>
        Run(["encrypt", "--with-key=auto", "--tpm2-pcrs=", $"--name={name}", "-", "-"], secret);

    /// <summary>Decrypts a credential.</summary>
    /// <param name="name">Name of the credential, which is authenticated.</param>
    /// <param name="encrypted">The encrypted credential.</param>
    /// <exception cref="IOException">The program failed; the message says why.</exception>
    public byte[] Decrypt(string name, byte[] encrypted) => Run(["decrypt", $"--name={name}", "-", "-"], encrypted);

    /// <summary>Returns with which key a credential is encrypted; null for other bytes.</summary>
    public static KeyKind? KindOf(byte[] encrypted)
    {
        byte[] bytes = new byte[encrypted.Length];
        if (!Convert.TryFromBase64String(Encoding.UTF8.GetString(encrypted), bytes, out int length) || length < IdBytes)
            return null;
        return Convert.ToHexStringLower(bytes.AsSpan(0, IdBytes)) switch
        {
            ByHost or ByHostScoped => KeyKind.HostCredential,
            ByNothing => KeyKind.PlainCredential,
            _ => KeyKind.TpmCredential,
        };
    }

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':')
        .Any(directory => File.Exists(Path.Combine(directory, program)));

    private byte[] Run(string[] arguments, byte[] input)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        if (HostSecret is not null)
            start.Environment["SYSTEMD_CREDENTIAL_SECRET"] = HostSecret;
        using Process process = Start(start);
        using MemoryStream output = new();
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Feed(process, input);
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new IOException($"{program} did not end within {Patience.TotalSeconds:0} s.");
        }

        Task.WaitAll(reading, errors);
        byte[] made = output.ToArray();
        CryptographicOperations.ZeroMemory(output.GetBuffer());
        return process.ExitCode == 0 ? made
            : throw new IOException($"{program} {arguments[0]} failed: {errors.Result.Trim().ReplaceLineEndings(" ").TrimEnd('.')}.");
    }

    private static void Feed(Process process, byte[] input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended before it had read its input; its exit code and its errors say why.
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new IOException($"{program} cannot be run: {failure.Message}", failure);
        }
    }
}
