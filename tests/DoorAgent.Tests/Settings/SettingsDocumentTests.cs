using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Settings;

public sealed class SettingsDocumentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatNobodyTouchesStaysAsItWasWritten()
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
    public void ACopyIsAnother()
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
        System.Text.Json.Nodes.JsonNode.Parse(document.ToString())!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
