using DoorAgent.Auditing;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace DoorAgent.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void EverySettingStandsInTheConfigurationReference()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.All(KnownKeys.All, key => Assert.Contains($"| `{key.Pattern.Replace(":*", "", StringComparison.Ordinal)}` |", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryDefaultIsShownInTheWordsOfTheReference()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(Repository.Root, "README.md")).SkipWhile(row => row != "| key | meaning, range, default |")];
        Assert.All(EffectiveSettings.Of(new ConfigurationBuilder().Build()), setting =>
        {
            string row = rows.First(row => row.StartsWith($"| `{setting.Key}` |", StringComparison.Ordinal));
            string words = setting.Value == "not set" ? "no default" : $"default {setting.Value}";
            Assert.True(row.Contains(words, StringComparison.OrdinalIgnoreCase) || row.Contains($"{setting.Value} (default", StringComparison.Ordinal), $"'{words}': {row}");
        });
    }

    [Fact]
    public void ThePageOfEventsIsWhatTheCodeSays()
    {
        string[] parts = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Split("<!-- events ");
        Assert.Equal(3, parts.Length);
        string page = parts[1][(parts[1].IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim('\n');
        Assert.True(page == Explanation.Page().Trim('\n'), "README's page of events is not what the code says. Write it again: bash tests/write-events.sh");
    }
}
