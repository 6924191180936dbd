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
        string page = Repository.Guide("configuration.md");
        Assert.All(KnownKeys.All, key => Assert.Contains($"| `{key.Pattern.Replace(":*", "", StringComparison.Ordinal)}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryDefaultIsShownInTheWordsOfTheReference()
    {
        string[] rows = [.. Repository.Guide("configuration.md").Split('\n').SkipWhile(row => row != "| key | meaning, range, default |")];
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
        string[] parts = Repository.Guide("log.md").Split("<!-- events ");
        Assert.Equal(3, parts.Length);
        string page = parts[1][(parts[1].IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim('\n');
        Assert.True(page == Explanation.Page().Trim('\n'), "log.md's page of events is not what the code says. Write it again: bash tests/write-events.sh");
    }
}
