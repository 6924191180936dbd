using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Settings;

/// <summary>The guide's page of the configuration, and what is written beside each setting.</summary>
public sealed class SettingsPageTests
{
    private static readonly string Page = Repository.Guide("configuration.md");

    [Fact]
    public void ThePageOfTheConfigurationIsWhatTheCodeSays()
    {
        string[] parts = Page.Split("<!-- settings ");
        Assert.Equal(3, parts.Length);
        string tables = parts[1][(parts[1].IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim('\n');
        Assert.True(tables == SettingsPage.Markdown().Trim('\n'),
            "The tables of deploy/guide/configuration.md are not what the code says. Write them again: bash tests/write-settings.sh");
    }

    [Fact]
    public void EverySettingThatAFileMayHaveStandsOnThePageOnce() => Assert.All(KnownKeys.All, key =>
        Assert.Equal(2, Page.Split($"\n| `{key.Pattern.Replace(":*", "", StringComparison.Ordinal)}` |").Length));

    [Fact]
    public void EverySettingSaysWhatItMeansAndWhichValuesItTakes() => Assert.All(SettingDescription.All, setting =>
    {
        Assert.Matches(@"^[A-Z`].{10,}\.$", setting.Meaning);
        Assert.NotEmpty(setting.Allowed);
        Assert.DoesNotContain('|', setting.Meaning + setting.Allowed + setting.DefaultWords);
    });

    [Fact]
    public void WhatNobodyAtADoorCanChooseWellStandsInATableOfItsOwn() => Assert.Equal(
        [
            "Auditing:ArchiveTo", "Auditing:SlowAfter", "Badges:EndGap", "Decisions:FrameWindow", "Decisions:MaxFrameAge",
            "Decisions:MaxGap", "Decisions:MaxUsableFrames", "Decisions:MinFrameInterval", "Decisions:MinSpan", "Mqtt:DuressTopic",
            "Mqtt:TotpFile", "Webhook:Timeout",
        ],
        SettingDescription.All.Where(setting => setting.IsAdvanced).Select(setting => setting.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryDefaultIsShownByConfigShowInTheWordsOfThePage() =>
        Assert.All(SettingsFile.FromAssignments("test", []).Effective, setting =>
        {
            SettingDescription described = SettingDescription.All.Single(one => one.Key == setting.Key);
            Assert.Equal(described.DefaultWords, setting.Value == "not set" ? "no default" : setting.Value);
            Assert.Equal("default", setting.Origin);
        });

    [Theory]
    [InlineData("Doors", "Doors:AccessTime", true)]
    [InlineData("doors:accesstime", "Doors:AccessTime", true)]
    [InlineData("Door", "Doors:AccessTime", false)]
    [InlineData("Hardware:Contact", "Hardware:ContactOpenIsLow", false)]
    [InlineData("Badges:Formats:0", "Badges:Formats", true)]
    [InlineData("Schedules:office", "Schedules", true)]
    public void AKeyMeansASettingAnItemOfItOrAllOfASection(string key, string setting, bool isMeant) =>
        Assert.Equal(isMeant, SettingDescription.All.Single(one => one.Key == setting).IsMeantBy(key));
}
