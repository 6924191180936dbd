using System.Text.Json;
using System.Text.RegularExpressions;
using DoorAgent.Events;
using DoorAgent.Operating.Metrics;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

/// <summary>Tests the dashboard and the alert rules (deploy/monitoring) against the metrics that the program writes.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "monitoring");

    private static string Rules => Path.Combine(Folder, "dooragent-rules.yml");

    private static string Written => new DoorMetrics("badge-and-face").Print(
        new DoorLevels { IsCameraUp = true, IsReaderUp = true, IsDoorOpen = false, IsRelayOn = false, People = 0, Revision = 0, Fleet = new("lab-3", "lab", "") })
        + "dooragent_up 1\n";

    [Theory]
    [InlineData("dooragent-dashboard.json")]
    [InlineData("dooragent-rules.yml")]
    [InlineData("dooragent-rules.test.yml")]
    public void EveryMetricThatAFileNamesIsWritten(string file)
    {
        string text = File.ReadAllText(Path.Combine(Folder, file));
        string[] named = [.. MetricName().Matches(text).Select(match => match.Value).Distinct()];
        Assert.True(named.Length > 5);
        Assert.Empty(named.Except(MetricName().Matches(Written).Select(match => match.Value)));
    }

    [Fact]
    public void EveryKindAndReasonThatARuleNamesExists()
    {
        MatchCollection kinds = Regex.Matches(File.ReadAllText(Rules), @"(kind|reason)=~?""([A-Za-z|]+)""");
        Assert.NotEmpty(kinds);
        Assert.All(kinds, match => Assert.All(match.Groups[2].Value.Split('|'), word => Assert.True(match.Groups[1].Value == "kind"
            ? Enum.TryParse<DoorEventKind>(word, out _) : Enum.TryParse<DenyReason>(word, out _), word)));
    }

    [Fact]
    public void EveryAlarmWithoutAnEndHasARule()
    {
        string rules = File.ReadAllText(Rules);
        Assert.All(EventCounts.Kinds.Where(kind => kind.IsAlarm() && !EventCounts.Alarms.Contains(kind)),
            kind => Assert.Contains(kind.ToString(), rules, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryWrittenMetricIsOnTheDashboard()
    {
        string dashboard = File.ReadAllText(Path.Combine(Folder, "dooragent-dashboard.json"));
        Assert.All(Regex.Matches(Written, @"^# TYPE (\w+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value),
            name => Assert.Contains(name, dashboard, StringComparison.Ordinal));
    }

    [Fact]
    public void TheDashboardIsOneThatGrafanaImports()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "dooragent-dashboard.json")));
        JsonElement[] panels = [.. document.RootElement.GetProperty("panels").EnumerateArray()];
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("title").GetString()).Distinct().Count());
        Assert.All(panels, panel =>
        {
            Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString());
            Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray());
        });
        Assert.Equal(["datasource", "query"], document.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray()
            .Select(variable => variable.GetProperty("type").GetString()));
        // No panel covers another.
        Assert.Equal(24 * (panels.Max(panel => At(panel, "y") + At(panel, "h")) - panels.Min(panel => At(panel, "y"))),
            panels.Sum(panel => At(panel, "w") * At(panel, "h")));

        static int At(JsonElement panel, string side) => panel.GetProperty("gridPos").GetProperty(side).GetInt32();
    }

    [Fact]
    public void PromtoolAcceptsTheRulesAndTheirTestsPass()
    {
        Promtool.Require();
        Promtool.Check("check", "rules", "--lint-fatal", Rules);
        Promtool.Check("test", "rules", Path.Combine(Folder, "dooragent-rules.test.yml"));
    }

    /// <summary>Prometheus has no checker of dashboards: each query is checked as a recording rule.</summary>
    [Fact]
    public void PromtoolAcceptsTheQueriesOfTheDashboard()
    {
        Promtool.Require();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "dooragent-dashboard.json")));
        IEnumerable<string> queries = document.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!);
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "queries.yml");
        File.WriteAllLines(file, [
            "groups:", "  - name: dashboard", "    rules:",
            .. queries.Select((query, number) =>
                $"      - {{ record: 'query_{number}', expr: '{query.Replace("$__rate_interval", "1m", StringComparison.Ordinal)}' }}"),
        ]);
        Promtool.Check("check", "rules", file);
    }

    [GeneratedRegex(@"\bdooragent_[a-z_]+\b")]
    private static partial Regex MetricName();
}
