using System.Globalization;

namespace DoorAgent.Page;

/// <summary>The listening sockets that systemd gives to a service of a socket unit (sd_listen_fds(3)).</summary>
internal static class InheritedSockets
{
    private const int First = 3;
    private const int Most = 4;

    /// <summary>Returns the file descriptors; empty where this process was not started by a socket unit.</summary>
    public static IReadOnlyList<int> Find() =>
        Of(Environment.GetEnvironmentVariable("LISTEN_PID"), Environment.GetEnvironmentVariable("LISTEN_FDS"), Environment.ProcessId);

    /// <summary>Returns the file descriptors that two variables announce to a process.</summary>
    /// <param name="forProcess">LISTEN_PID.</param>
    /// <param name="count">LISTEN_FDS.</param>
    /// <param name="process">This process.</param>
    public static IReadOnlyList<int> Of(string? forProcess, string? count, int process) =>
        int.TryParse(forProcess, NumberStyles.None, CultureInfo.InvariantCulture, out int meant) && meant == process
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int sockets) && sockets is > 0 and <= Most
            ? [.. Enumerable.Range(First, sockets)] : [];
}
