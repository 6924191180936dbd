namespace DoorAgent.Schedules;

/// <summary>
/// Whether this machine's own time zone is the one that hours would be read in. .NET goes by UTC, without a word, where it cannot read
/// what TZ or /etc/localtime names; of TZ it knows names and files, and no rule such as CET-1CEST,M3.5.0,M10.5.0/3.
/// </summary>
/// <param name="variable">TZ as it stands in the environment; null where it is not set.</param>
/// <param name="zones">The folder of the zones by their names.</param>
/// <param name="link">The file that says the machine's zone where TZ does not.</param>
internal sealed class SystemZone(string? variable, string zones, string link)
{
    private static readonly string[] Universal = ["UTC", "UTC0", "GMT", "GMT0", "Etc/UTC"];

    /// <summary>That of this machine, as the environment and the system say.</summary>
    public static SystemZone Here { get; } = new(
        Environment.GetEnvironmentVariable("TZ"), Environment.GetEnvironmentVariable("TZDIR") ?? "/usr/share/zoneinfo", "/etc/localtime");

    /// <summary>What is wrong with it, as a sentence without its end; null where it is the zone that hours are read in.</summary>
    public string? Problem => variable is not null ? ProblemOfVariable(variable.StartsWith(':') ? variable[1..] : variable)
        : new FileInfo(link) is { LinkTarget: not null } named && named.ResolveLinkTarget(returnFinalTarget: true) is { Exists: false } target
            ? $"the time zone of this machine is {target.FullName} by {link}, and there is no such file (is the package tzdata installed?)" : null;

    /// <summary>What to do about it.</summary>
    public static string Remedy => "Name the zone as Decisions:TimeZone, such as Europe/Berlin, or set it for the machine "
        + "('sudo timedatectl set-timezone Europe/Berlin', without TZ)";

    private string? ProblemOfVariable(string name) => name.Length == 0 || Universal.Contains(name) || IsZone(Path.Combine(zones, name)) ? null
        : $"TZ is '{name}', which is neither a zone that this machine knows nor a file of one{Nearest(name)}, and times would be read in UTC";

    private static string Nearest(string name) => name.Contains(',', StringComparison.Ordinal) || name.Any(char.IsAsciiDigit)
        ? " (rules such as CET-1CEST,M3.5.0,M10.5.0/3 are not read)"
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
