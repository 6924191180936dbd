using System.Collections;
using DoorAgent.Auditing;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private static readonly Hashtable NoVariables = [];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheCommandLineIsStrongerThanTheEnvironmentAndThatThanTheFile()
    {
        string file = _folder.Write("a.json", """{ "Auditing": { "OnFailure": "allow", "SlowAfter": "1 s" } } // said once""");
        Hashtable variables = new() { ["DOORAGENT_AUDITING__SLOWAFTER"] = "2 s", ["PATH"] = "/bin" };

        Assert.Equal(TimeSpan.FromSeconds(1), Read(file, [], NoVariables).SlowAfter);
        Assert.Equal(TimeSpan.FromSeconds(2), Read(file, [], variables).SlowAfter);
        Assert.Equal(TimeSpan.FromSeconds(3), Read(file, ["Auditing:SlowAfter=3 s"], variables).SlowAfter);
        Assert.Equal(OnAuditFailure.Allow,
            Read(file, [], variables).OnFailure);
    }

    [Fact]
    public void NothingGivenIsTheDefaults()
    {
        AuditingOptions options = Read(null, [], NoVariables);
        Assert.Equal((OnAuditFailure.Deny, TimeSpan.FromMilliseconds(500)), (options.OnFailure, options.SlowAfter));
    }

    [Fact]
    public void NullInTheFileIsNotSet() =>
        Assert.Equal(OnAuditFailure.Deny, Read(_folder.Write("a.json", """{ "Auditing": { "OnFailure": null } }"""), [], NoVariables).OnFailure);

    [Fact]
    public void AMissingFileIsNamed() => Refuses("There is no configuration file", _folder.File("none.json"));

    [Fact]
    public void ADirectoryInsteadOfAFileIsNamed() => Refuses("cannot be read", _folder.Path);

    [Fact]
    public void InvalidJsonIsShownByLineAndColumn() =>
        Refuses("line 3, column 3", _folder.Write("a.json", "{\n  \"Auditing\": {}\n  \"Doors\": {}\n}"));

    [Theory]
    [InlineData("[1, 2]", "must hold one JSON object")]
    [InlineData("", "is not valid JSON: line 1, column 1")]
    [InlineData("""{ "Auditing": { "SlowAfter": "1 s", "slowafter": "2 s" } }""", "stands here a second time")]
    public void AFileWithoutSettingsIsRefused(string text, string expected) => Refuses(expected, _folder.Write("a.json", text));

    [Theory]
    [InlineData("""{ "Auditing": { "SlowAfter": [1, 2] } }""", "Auditing:SlowAfter takes one value, and no list or section.")]
    [InlineData("""{ "Auditing": { "SlowAfter": { "x": 1 } } }""", "Auditing:SlowAfter takes one value, and no list or section.")]
    [InlineData("""{ "Badges": { "Formats": "H10301" } }""", "Badges:Formats is a list: [ ... ].")]
    [InlineData("""{ "Auditing": "deny" }""", "It is a section: { ... }.")]
    public void AValueInTheWrongPlaceOfAListOrSectionIsExplained(string text, string expected) => Refuses(expected, _folder.Write("a.json", text));

    [Fact]
    public void AFileTooLargeForAConfigurationIsNotReadToItsEnd()
    {
        Refuses("larger than 1 MiB", "/dev/zero");
        string wide = _folder.File("wide.json");
        File.WriteAllText(wide, "{}", System.Text.Encoding.Unicode);
        Refuses("is written in UTF-16; save it as UTF-8", wide);
    }

    [Fact]
    public void AnUnknownKeyIsNamedWithItsPlaceAndTheNearestKnownOne()
    {
        string file = _folder.Write("a.json", """{ "Auditing": { "SlowAftre": "1 s" } }""");
        string message = Refuses("Unknown setting Auditing:SlowAftre", file);
        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.Contains("Did you mean Auditing:SlowAfter?", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingSectionIsGuessedFromTheLastWord() => Refuses("Did you mean Auditing:SlowAfter?", null, "SlowAfter=1 s");

    [Fact]
    public void AVariableWithOneUnderscoreIsAnUnknownKeyAndNotIgnored()
    {
        Hashtable variables = new() { ["DOORAGENT_Auditing_SlowAfter"] = "1 s" };
        UserErrorException e = Assert.Throws<UserErrorException>(() => SettingsFile.Load(Empty(), [], variables));
        Assert.Contains("Did you mean Auditing:SlowAfter?", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AVariableWithoutAKeyIsNotASetting() => SettingsFile.Load(Empty(), [], new Hashtable { ["DOORAGENT_SHARED"] = "x" });

    [Fact]
    public void AllErrorsOfALayerAreSaidAtOnce()
    {
        string message = Refuses("Auditing:SlowAfter is 'abc'", null, "Auditing:SlowAfter=abc", "Auditing:OnFailure=shrug");
        Assert.Contains("it must be a time with its unit, such as 300 ms", message, StringComparison.Ordinal);
        Assert.Contains("Auditing:OnFailure is 'shrug' (command line); it must be deny, allow.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAssignmentWithoutAnEqualsSignIsExplained() => Refuses("write Section:Key=value", null, "Auditing:SlowAfter");

    [Fact]
    public void AssignmentsAloneNeedNoMachineAndNameTheirOrigin()
    {
        Assert.Equal(TimeSpan.FromSeconds(1),
            SettingsFile.FromAssignments("day.door", ["Auditing:SlowAfter=1 s"]).Section<AuditingOptions>().SlowAfter);
        string message = Assert.Throws<UserErrorException>(() => SettingsFile.FromAssignments("day.door", ["Nobody:Knows=1"])).Message;
        Assert.Contains("(day.door)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void SerilogsSectionIsASettingToo() => Assert.Equal("Debug",
        SettingsFile.Load(Empty(), ["Serilog:MinimumLevel:Default=Debug"], NoVariables)["Serilog:MinimumLevel:Default"]);

    [Fact]
    public void AByteOrderMarkIsAccepted() =>
        Assert.Equal(OnAuditFailure.Allow,
            Read(_folder.Write("a.json", "\uFEFF{ \"Auditing\": { \"OnFailure\": \"allow\" } }"), [], NoVariables).OnFailure);

    private static AuditingOptions Read(string? file, string[] assignments, IDictionary variables) =>
        SettingsFile.Load(file, assignments, variables).Section<AuditingOptions>();

    private string Empty() => _folder.Write("empty.json", "{}");

    private string Refuses(string expected, string? file, params string[] assignments)
    {
        string message = Assert.Throws<UserErrorException>(() => SettingsFile.Load(file ?? Empty(), assignments, NoVariables)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        return message;
    }
}
