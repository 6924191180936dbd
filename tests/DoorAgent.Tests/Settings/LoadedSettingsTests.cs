using DoorAgent.Auditing;
using DoorAgent.Doors;
using DoorAgent.Hardware.Settings;
using DoorAgent.Settings;
using Microsoft.Extensions.Configuration;

namespace DoorAgent.Tests.Settings;

public sealed class LoadedSettingsTests
{
    [Fact]
    public void AValueOutOfRangeIsNamedWithItsRange()
    {
        UserErrorException e = Assert.Throws<UserErrorException>(() =>
            Given(("Auditing:SlowAfter", "00:01:00")).Section<AuditingOptions>());
        Assert.Contains("Auditing:SlowAfter is 60 s; allowed: 50 ms to 30 s.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorsOfSeveralSectionsAreReportedAtOnce()
    {
        UserErrorException e = Assert.Throws<UserErrorException>(() =>
            Given(("Auditing:SlowAfter", "00:01:00"), ("Doors:AccessTime", "00:01:00")).NeedAll());
        Assert.Contains("Auditing:SlowAfter", e.Message, StringComparison.Ordinal);
        Assert.Contains("Doors:AccessTime", e.Message, StringComparison.Ordinal);
        Assert.Contains("Hardware:Kind is not set", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AListInTheConfigurationReplacesTheDefaultOne()
    {
        Shapes shapes = Bound(
            ("Shapes:Names:0", "c"), ("Shapes:Sizes:0", "9"), ("Shapes:Corners:0:X", "4"), ("Shapes:Hours:late", "22:00"));
        Assert.Equal(["c"], shapes.Names);
        Assert.Equal([9], shapes.Sizes);
        Assert.Equal(4, Assert.Single(shapes.Corners).X);
        Assert.Equal("22:00", shapes.Hours["late"]);
    }

    [Fact]
    public void DefaultListsStayWhereNothingIsGiven() => Assert.Equal(["a", "b"], Bound().Names);

    [Fact]
    public void KnownKeysGoIntoListsDictionariesAndParts() => Assert.Equal(
        ["Shapes:Names:*", "Shapes:Sizes:*", "Shapes:Corners:*:X", "Shapes:Hours:*", "Shapes:Middle:X"],
        KnownKeys.Below("Shapes", typeof(Shapes)).Select(key => key.Pattern));

    [Theory]
    [InlineData("shapes:names:3", true)]
    [InlineData("Shapes:Corners:0:X", true)]
    [InlineData("Shapes:Corners:0:Z", false)]
    [InlineData("Shapes:Names", false)]
    public void KeysAreFoundByPattern(string key, bool isKnown) =>
        Assert.Equal(isKnown, KnownKeys.Find([.. KnownKeys.Below("Shapes", typeof(Shapes))], key) is not null);

    [Fact]
    public void EveryOptionsClassOfTheProgramHasUsableKeysAndAChecker()
    {
        Assert.Contains(typeof(AuditingOptions), KnownKeys.OptionTypes);
        Assert.All(KnownKeys.OptionTypes, type =>
        {
            IReadOnlyList<string> errors = OptionErrors.Of((ICheckedOptions)Activator.CreateInstance(type)!, KnownKeys.SectionOf(type));
            Assert.All(errors, message => Assert.StartsWith(KnownKeys.SectionOf(type), message, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void EffectiveSettingsSayWhereTheyComeFrom()
    {
        IConfigurationRoot root = new ConfigurationBuilder()
            .Add(new SettingsLayer("command line", [new("Auditing:OnFailure", "Allow")])).Build();
        EffectiveSetting[] settings = [.. EffectiveSettings.Of(root)];
        Assert.Contains(new EffectiveSetting("Auditing:OnFailure", "allow", "command line"), settings);
        Assert.Contains(new EffectiveSetting("Auditing:SlowAfter", "500 ms", "default"), settings);
    }

    [Fact]
    public void AnInvalidSectionStopsOnlyThoseWhoNeedThatSection()
    {
        LoadedSettings given = Given(("Auditing:SlowAfter", "00:01:00"), ("Doors:AccessTime", "00:00:07"));
        Assert.Equal(TimeSpan.FromSeconds(7), given.Section<DoorOptions>().AccessTime);
        Assert.Throws<UserErrorException>(() => given.Section<AuditingOptions>());
        Assert.Equal(TimeSpan.FromMinutes(1), given.Unchecked<AuditingOptions>().SlowAfter);
    }

    [Fact]
    public void EverySectionIsBoundOnce()
    {
        LoadedSettings given = Given();
        Assert.Same(given.Section<DoorOptions>(), given.Section<DoorOptions>());
    }

    private static LoadedSettings Given(params (string Key, string Value)[] settings) => new(Configuration(settings));

    private static Shapes Bound(params (string Key, string Value)[] settings) =>
        (Shapes)BoundSection.Of(typeof(Shapes), Configuration(settings)).Options;

    private static IConfigurationRoot Configuration((string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).Build();

    internal sealed class Shapes : ICheckedOptions
    {
        public static string Section => "Shapes";

        public string[] Names { get; set; } = ["a", "b"];

        public List<int> Sizes { get; set; } = [1, 2];

        public Corner[] Corners { get; set; } = [];

        public Dictionary<string, string> Hours { get; set; } = [];

        public Corner Middle { get; set; } = new();
    }

    internal sealed class Corner
    {
        public int X { get; set; }
    }
}
