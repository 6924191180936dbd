namespace DoorAgent.Tests.Support;

/// <summary>Prometheus' own checker of metrics, rules and rules' tests (deploy/monitoring), where it is installed.</summary>
internal static class Promtool
{
    private static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append(Path.Combine(Repository.Root, "artifacts", "tools"))
        .Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);

    /// <summary>Skips the test where promtool is not installed.</summary>
    public static void Require() =>
        Assert.SkipWhen(Program is null, "needs promtool, which tests/run.sh takes from Debian's package prometheus");

    /// <summary>Runs promtool and fails with its words unless it succeeds.</summary>
    public static void Check(params string[] arguments)
    {
        (int code, string said) = Script.Run(Program!, arguments);
        Assert.True(code == 0, said);
    }

    /// <summary>Checks a text of metrics; promtool reads it from its standard input.</summary>
    public static string Metrics(string file) =>
        Script.Run("bash", ["-c", "\"$0\" check metrics <\"$1\" && echo valid", Program!, file]).Said;
}
