using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Settings;

public sealed class SettingsDocumentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void UnchangedSettingsStayAsTheyWereWritten()
    {
        SettingsDocument document = Open("""{ "Doors": { "AccessTime": "7 s", }, "Serilog": { "MinimumLevel": "Debug" } } // why""");
        document.Set("Doors:Shunt", "12 s");
        Assert.Equal("""{"Doors":{"AccessTime":"7 s","Shunt":"12 s"},"Serilog":{"MinimumLevel":"Debug"}}""", Json(document));
    }

    [Fact]
    public void NumbersAndSwitchesAreWrittenAsWhatTheyAre()
    {
        SettingsDocument document = Open("{}");
        document.Set("Hardware:Relay", "27");
        document.Set("Hardware:Contact", "23");
        document.Set("Hardware:RelayActiveLow", "yes");
        Assert.Equal("""{"Hardware":{"Relay":27,"Contact":"23","RelayActiveLow":true}}""", Json(document));
    }

    [Theory]
    [InlineData("""{ "hardware": { "d0": 5 } }""")]
    [InlineData("""{ "Hardware:D0": 5 }""")]
    public void AKeyIsOneHoweverItIsWritten(string file)
    {
        SettingsDocument document = Open(file);
        document.Set("Hardware:D0", "6");
        Assert.Equal("6", document.Read()["Hardware:D0"]);
        document.Remove("Hardware:D0");
        Assert.Equal("{}", Json(document));
    }

    [Fact]
    public void AnItemOfAListIsReplacedOrAdded()
    {
        SettingsDocument document = Open("""{ "Badges": { "Formats": ["H10301"] } }""");
        document.Set("Badges:Formats:0", "H10306");
        document.Set("Badges:Formats:1", "H10304");
        Assert.Equal("""{"Badges":{"Formats":["H10306","H10304"]}}""", Json(document));
    }

    [Fact]
    public void AListBeginsWithItsFirstItem()
    {
        SettingsDocument document = Open("{}");
        document.Set("Badges:Formats:0", "H10301");
        Assert.Equal("""{"Badges":{"Formats":["H10301"]}}""", Json(document));
    }

    [Theory]
    [InlineData("Doors:AccessTime", """{ "Doors": { "AccessTime": "7 s", "Shunt": "12 s" } }""", """{"Doors":{"Shunt":"12 s"}}""")]
    [InlineData("doors:accesstime", """{ "Doors": { "AccessTime": "7 s" }, "Badges": {} }""", """{"Badges":{}}""")]
    [InlineData("Badges:Formats:0", """{ "Badges": { "Formats": ["H10301", "H10304"] } }""", """{"Badges":{"Formats":["H10304"]}}""")]
    [InlineData("Badges:Formats:0", """{ "Badges:Formats": ["H10301"] }""", "{}")]
    [InlineData("Badges:Formats", """{ "Badges": { "Formats": ["H10301"], "Keypad": "4-bit" } }""", """{"Badges":{"Keypad":"4-bit"}}""")]
    [InlineData("Serilog:MinimumLevel:Default", """{ "Serilog": { "MinimumLevel": { "Default": "Debug" } } }""", "{}")]
    public void WhatIsRemovedTakesOnlyWhatBecameEmpty(string key, string file, string left)
    {
        SettingsDocument document = Open(file);
        Assert.True(document.Remove(key));
        Assert.Equal(left, Json(document));
        Assert.False(document.Remove(key) && left == "{}");
    }

    [Fact]
    public void ASettingKeepsItsPlaceAndItsSpelling()
    {
        SettingsDocument document = Open("""{ "doors": { "accessTime": "7 s", "Shunt": "12 s" }, "Serilog": { "WriteTo": [ { "Name": "Console" } ] } }""");
        document.Set("Doors:AccessTime", "5 s");
        document.Set("Serilog:WriteTo:0:Name", "File");
        Assert.Equal("""{"doors":{"accessTime":"5 s","Shunt":"12 s"},"Serilog":{"WriteTo":[{"Name":"File"}]}}""", Json(document));
    }

    [Theory]
    [InlineData("""{ "Serilog": { "Properties": { "Path": "http://host/x" } } }""", false)]
    [InlineData("""{ "Doors": {} } // why""", true)]
    [InlineData("""{ /* why */ "Doors": {}, }""", true)]
    public void CommentsAreNoticed(string file, bool has) => Assert.Equal(has, Open(file).Copy().HadComments);

    [Fact]
    public void AFileWithUnknownKeysIsOpenedOnlyToBeCorrected()
    {
        string file = _folder.Write("a.json", """{ "Doors": { "AcessTime": "7 s" } }""");
        Assert.Throws<UserErrorException>(() => SettingsDocument.Open(file));
        SettingsDocument document = SettingsDocument.OpenToCorrect(file);
        Assert.False(document.TryRead(out _, out IReadOnlyList<string> wrong));
        Assert.Contains("Doors:AcessTime", Assert.Single(wrong), StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => SettingsDocument.OpenToCorrect(_folder.Write("b.json", """{ "Doors": {}, "doors": {} }""")));
    }

    [Fact]
    public void ACopyIsIndependent()
    {
        SettingsDocument document = Open("{}"), copy = document.Copy();
        copy.Set("Hardware:Relay", "27");
        Assert.Equal("{}", Json(document));
    }

    [Fact]
    public void TheTextIsReadBackAndBeginsWithTheComment()
    {
        SettingsDocument document = Open("""{ "Schedules": { "übrige": "Mon-Fri 08:00-18:00" } }""");
        string file = _folder.Write("again.json", document.ToString());
        using System.Text.Json.JsonDocument strict = System.Text.Json.JsonDocument.Parse(File.ReadAllText(file));
        Assert.Equal("Mon-Fri 08:00-18:00", strict.RootElement.GetProperty("Schedules").GetProperty("übrige").GetString());
        Assert.Equal("Mon-Fri 08:00-18:00", SettingsDocument.Open(file).Read()["Schedules:übrige"]);
    }

    private SettingsDocument Open(string text) => SettingsDocument.Open(_folder.Write("a.json", text));

    private static string Json(SettingsDocument document) =>
        System.Text.Json.Nodes.JsonNode.Parse(document.ToString())!
            .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
