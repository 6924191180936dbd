using System.Collections;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Settings;

public sealed class SettingsJsonTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "Hardware": { "Contact": "23" }, "hardware": { "Exit": 24 } }""", "line 1: 'hardware' stands here a second time; line 1 has it too")]
    [InlineData("{ \"Hardware\": { \"Exit\": 24 },\n\n \"Hardware\": {} }", "line 3: 'Hardware' stands here a second time; line 1 has it too")]
    [InlineData("{ \"Doors\": {\n \"AccessTime\": \"5 s\",\n \"accesstime\": \"6 s\" } }", "line 3: 'Doors:accesstime' stands here a second time; line 2")]
    [InlineData("{ \"Doors\": { \"AccessTime\": \"5 s\" },\n \"Doors:AccessTime\": \"6 s\" }", "line 2: 'Doors:AccessTime' stands here a second time")]
    [InlineData("{ \"Serilog\": { \"WriteTo\": [\n { \"Name\": \"a\" },\n { \"Name\": \"b\",\n \"name\": \"c\" } ] } }", "line 4: 'Serilog:WriteTo:1:name'")]
    public void ANameThatStandsTwiceIsRefusedByItsLine(string json, string expected) => Refuses(expected, json);

    [Theory]
    [InlineData("{ \"Hardware\": {\n \"Camera\": \"\\ud800\" } }", "line 2: the value of Hardware:Camera is not text")]
    [InlineData("{ \"Badges\": { \"Formats\": [ \"H10301\", \"\\udc00x\" ] } }", "line 1: the value of Badges:Formats:1 is not text")]
    [InlineData("{ \"Schedules\": {\n\n \"\\ud83d\": \"Mon 07:00-08:00\" } }", "line 3: a name in Schedules is not text")]
    [InlineData("{ \"\\udfff\": 1 }", "line 1: a name is not text")]
    public void TextThatIsNotUnicodeIsRefusedByLineAndKey(string json, string expected) => Refuses(expected, json);

    [Fact]
    public void BytesThatAreNotUtf8AreRefusedByLineAndKey()
    {
        string file = _folder.File("latin.json");
        File.WriteAllBytes(file, [.. "{ \"Schedules\": { \"fr"u8, 0xFC, .. "h\": \"Mon 06:00-07:00\" } }"u8]);
        Assert.Contains("line 1: a name in Schedules is not text", Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void OneNameInSeveralSectionsAndWholeKeysBesideTheirSectionAreNotARepetition() =>
        Assert.Equal("00:00:07", Load(_folder.Write("a.json", """
            { "Doors": { "Relock": "open" }, "Doors:AccessTime": "7 s", "Badges": { "Formats": ["H10301", "H10301"] }, // AccessTime
              "Serilog": { "WriteTo": [ { "Name": "Console" }, { "Name": "Console" } ] } }
            """))["Doors:AccessTime"]);

    [Fact]
    public void AVeryLongNameOrValueIsShortenedInTheMessage()
    {
        TimeSpan before = ThreadTime.Spent;
        string name = Refusal(_folder.Write("a.json", $$"""{ "{{new string('a', 900_000)}}": { "b": 1 } }"""));
        Assert.Contains("... (900,000 characters)", name, StringComparison.Ordinal);
        Assert.InRange(name.Length, 0, 400);
        Assert.InRange(Refusal(_folder.Write("b.json", $$"""{ "{{new string(':', 900_000)}}": 1 }""")).Length, 0, 400);
        Assert.Contains("(900,000 characters)",
            Assert.Throws<UserErrorException>(() => SettingsFile.FromAssignments("x", [new string(':', 900_000) + "=1"])).Message,
            StringComparison.Ordinal);
        Assert.InRange(Refusal(_folder.Write("c.json", $$"""{ "Auditing": { "SlowAfter": "{{new string('9', 900_000)}}" } }""")).Length, 0, 600);
        Assert.Contains("There may be more", Refusal(_folder.Write("d.json", $$"""{ {{string.Join(",", Enumerable.Range(0, 60_000).Select(i => $"\"Door{i}\": 1"))}} }""")), StringComparison.Ordinal);
        // Half a minute and 0.6 GB before; a tenth of a second of a processor now.
        Assert.InRange((ThreadTime.Spent - before).TotalSeconds, 0, 10);
    }

    private void Refuses(string expected, string json)
    {
        string file = _folder.Write("a.json", json);
        string message = Refusal(file);
        Assert.StartsWith(file, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        // What writes the file reads it in the same way.
        Assert.Equal(message, Assert.Throws<UserErrorException>(() => SettingsDocument.Open(file)).Message);
    }

    private static string Refusal(string file) => Assert.Throws<UserErrorException>(() => Load(file)).Message;

    private static LoadedSettings Load(string file) => SettingsFile.Load(file, [], new Hashtable());
}
