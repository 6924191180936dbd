using System.Diagnostics;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Page;

/// <summary>The units of the page.</summary>
internal static class PageUnit
{
    /// <summary>The port of dooragent-page.socket.</summary>
    public const int Port = 8443;

    /// <summary>The unix socket of dooragent-page.socket, for 'ssh -L'.</summary>
    public const string SocketPath = "/run/dooragent-page/page.sock";

    private const string SocketUnit = "dooragent-page.socket";
    private const string ServiceUnit = "dooragent-page.service";
    private const string SystemState = "/var/lib/dooragent-page";

    /// <summary>Whether this machine's systemd has the units.</summary>
    public static bool IsInstalled => Directory.Exists("/run/systemd/system")
        && (File.Exists($"/usr/lib/systemd/system/{SocketUnit}") || File.Exists($"/lib/systemd/system/{SocketUnit}"));

    /// <summary>Returns the directory with the page's certificate: systemd's own for the system's door, otherwise one beside the
    /// data.</summary>
    public static string StateOf(Places places) => Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { Length: > 0 } own ? own
        : places.SharedSocket is not null ? SystemState : Path.Combine(places.Data, "page");

    /// <summary>Opens the socket, now and after each start of the machine, and lets a server that already runs read its files again.</summary>
    /// <exception cref="UserErrorException">systemd refuses.</exception>
    public static async Task StartAsync(CancellationToken stopping)
    {
        await SystemctlAsync(["enable", "--now", SocketUnit], stopping);
        await SystemctlAsync(["stop", ServiceUnit], stopping);
    }

    /// <summary>Closes the socket and ends the server.</summary>
    /// <exception cref="UserErrorException">systemd refuses.</exception>
    public static async Task StopAsync(CancellationToken stopping)
    {
        await SystemctlAsync(["disable", "--now", SocketUnit], stopping);
        await SystemctlAsync(["stop", ServiceUnit], stopping);
    }

    private static async Task SystemctlAsync(string[] arguments, CancellationToken stopping)
    {
        using Process systemctl = Process.Start(new ProcessStartInfo("systemctl", ["--quiet", .. arguments]) { RedirectStandardError = true })
            ?? throw new UserErrorException("systemctl does not start.");
        string error = await systemctl.StandardError.ReadToEndAsync(stopping);
        await systemctl.WaitForExitAsync(stopping);
        if (systemctl.ExitCode != 0)
            throw new UserErrorException($"'systemctl {string.Join(' ', arguments)}' failed: {error.Trim()} Run the command as root (sudo).");
    }
}
