namespace DoorAgent.Schedules;

/// <summary>
/// Checks that .NET uses this machine's configured time zone. .NET silently falls back to UTC if it cannot read the zone that TZ or
/// /etc/localtime names; in TZ it accepts names and files, but not rules such as CET-1CEST,M3.5.0,M10.5.0/3.
/// </summary>
/// <param name="variable">Value of TZ in the environment; null if TZ is not set.</param>
/// <param name="zones">Directory of the named zones.</param>
/// <param name="link">File that selects the machine's zone if TZ is not set.</param>
internal sealed class SystemZone(string? variable, string zones, string link)
{
    private static readonly string[] Universal = ["UTC", "UTC0", "GMT", "GMT0", "Etc/UTC"];

    /// <summary>The time zone of this machine.</summary>
    public static SystemZone Here { get; } = new(
        Environment.GetEnvironmentVariable("TZ"), Environment.GetEnvironmentVariable("TZDIR") ?? "/usr/share/zoneinfo", "/etc/localtime");

    /// <summary>The problem, as a sentence without its full stop; null if .NET uses the configured zone.</summary>
    public string? Problem => variable is not null ? ProblemOfVariable(variable.StartsWith(':') ? variable[1..] : variable)
        : new FileInfo(link) is { LinkTarget: not null } named
            && named.ResolveLinkTarget(returnFinalTarget: true) is { Exists: false } target
            ? $"{link} sets the time zone of this machine to {target.FullName}, and there is no "
                + "such file (is the package tzdata installed?)"
            : null;

    /// <summary>The next step to fix the problem.</summary>
    public static string Remedy => "Name the zone as Decisions:TimeZone, such as Europe/Berlin, or set it for the machine "
        + "('sudo timedatectl set-timezone Europe/Berlin', without TZ)";

    private string? ProblemOfVariable(string name) => name.Length == 0 || Universal.Contains(name) || IsZone(Path.Combine(zones, name))
        ? null
        : $"TZ is '{name}', which is neither a known zone nor a zone file{Nearest(name)}, and times would be read in UTC";

    private static string Nearest(string name) => name.Contains(',', StringComparison.Ordinal) || name.Any(char.IsAsciiDigit)
        ? " (rules such as CET-1CEST,M3.5.0,M10.5.0/3 are not supported)"
        : TimeZones.Nearest(name) is { } near ? $" (did you mean {near}?)" : "";

    private static bool IsZone(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            Span<byte> mark = stackalloc byte[4];
            return stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length && mark.SequenceEqual("TZif"u8);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
