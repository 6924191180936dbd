using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DoorAgent.Hub;

namespace DoorAgent.Office;

/// <summary>The hub's nats-server, as far as it can be asked without a connection of a user.</summary>
internal static class HubProbe
{
    private const int MostInfo = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Where the program may be: not every user's PATH has /usr/sbin.</summary>
    public static string? Program => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Concat(["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"])
        .Select(directory => Path.Combine(directory, "nats-server")).FirstOrDefault(File.Exists);

    /// <summary>Whether an address leads to this machine.</summary>
    public static bool IsHere(string host)
    {
        try
        {
            IPAddress[] own = [.. NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(one => one.Address)];
            return Dns.GetHostAddresses(host).Any(address => IPAddress.IsLoopback(address) || own.Contains(address));
        }
        catch (Exception unknown) when (unknown is SocketException or NetworkInformationException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Asks the running server for its version: a server sends it before anything else (INFO, in the clear).</summary>
    /// <returns>The version; null where no server answers.</returns>
    public static async Task<HubServer?> RunningVersionAsync(string host, int port, TimeProvider time, CancellationToken stopping)
    {
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(host, port, either.Token);
            byte[] bytes = new byte[MostInfo];
            int length = 0;
            while (length < bytes.Length && !bytes.AsSpan(0, length).Contains((byte)'\n'))
            {
                int read = await client.GetStream().ReadAsync(bytes.AsMemory(length), either.Token);
                if (read == 0)
                    return null;
                length += read;
            }

            return VersionOf(Encoding.UTF8.GetString(bytes, 0, length));
        }
        catch (Exception away) when (away is SocketException or IOException
            || (away is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Asks the program on this machine for its version.</summary>
    /// <returns>The version; null where it is not installed.</returns>
    public static async Task<HubServer?> InstalledVersionAsync(CancellationToken stopping) =>
        Program is { } program && await OutputAsync(program, ["--version"], stopping) is (0, var text) ? HubServer.Find(text.Split(' ')[^1].Trim()) : null;

    /// <summary>Lets a server read its configuration again.</summary>
    /// <returns>Null where the server was asked; otherwise why not, as a sentence.</returns>
    public static async Task<string?> ReloadAsync(int process, CancellationToken stopping)
    {
        if (Program is not { } program)
            return "nats-server is not installed here.";
        (int code, string text) = await OutputAsync(program, ["--signal", $"reload={process}"], stopping);
        return code == 0 ? null : $"nats-server --signal reload={process} failed: {text.Trim()}";
    }

    /// <summary>Returns the version in a line of INFO; null for any other line.</summary>
    internal static HubServer? VersionOf(string line)
    {
        const string info = "INFO ";
        int end = line.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || !line.StartsWith(info, StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            using JsonDocument said = JsonDocument.Parse(line[info.Length..end]);
            return said.RootElement.TryGetProperty("version", out JsonElement version) && version.ValueKind == JsonValueKind.String
                ? HubServer.Find(version.GetString()!) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<(int Code, string Text)> OutputAsync(string program, string[] arguments, CancellationToken stopping)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(stopping);
        string text = await process.StandardOutput.ReadToEndAsync(stopping);
        await process.WaitForExitAsync(stopping);
        return (process.ExitCode, text + await errors);
    }
}
