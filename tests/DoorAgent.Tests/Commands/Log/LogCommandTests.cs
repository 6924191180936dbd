using System.Text.Json;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Log;

[Collection(nameof(WholeConsole))]
public sealed class LogCommandTests : IDisposable
{
    private readonly TempFolder _data = new();

    public LogCommandTests()
    {
        using Journal journal = Journal.Open(_data.File("journal.db"));
        journal.Append(SomeEvents.Granted(1));
        journal.Append(SomeEvents.Denied(DenyReason.FaceNotMatched) with { Sequence = 2 });
        journal.Append(SomeEvents.Number(3, DoorEventKind.DoorForced));
    }

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(0, "0.412/0.883")]
    [InlineData(0, "2 older records match too", "--last", "1")]
    [InlineData(0, "Door forced", "--alarms")]
    [InlineData(0, "FaceNotMatched", "--denied", "--person", "ADAM")]
    [InlineData(1, "Nothing in the journal matches.", "--since", "2026-03-03")]
    [InlineData(1, "Nothing in the journal matches.", "--kind", "held-open")]
    [InlineData(2, "Did you mean DoorForced?", "--kind", "DoorForcd")]
    [InlineData(2, "is not a time", "--since", "soon")]
    [InlineData(2, "must be at least 1", "--last", "0")]
    [InlineData(2, "nothing has happened at this door yet", "--journal", "/nowhere/journal.db")]
    [InlineData(0, "pictures NAME --images DIR", "--explain", "FaceNotMatched")]
    [InlineData(0, "StorageFailed", "--explain")]
    [InlineData(0, "| 307 | `DoorForced` | ERR |", "--explain", "--markdown")]
    [InlineData(2, "Did you mean DoorForced?", "--explain", "DoorForcd")]
    public async Task TheJournalIsShownAndExplained(int exitCode, string words, params string[] arguments)
    {
        using WholeConsole console = new();
        Assert.Equal(exitCode, await Program.Main(["log", .. arguments, "--data", _data.Path]));
        Assert.Contains(words, console.Out + console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgramsGetOneObjectPerLineAndNothingElse()
    {
        using WholeConsole console = new();
        Assert.Equal(0, await Program.Main(["log", "--json", "--last", "2", "--data", _data.Path]));
        string[] lines = console.Out.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        using JsonDocument denied = JsonDocument.Parse(lines[0]);
        Assert.Equal(["sequence", "time", "kind", "event", "level", "reason", "personId", "person", "badge", "distance", "threshold",
            "encoder", "detail", "erased"],
            denied.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal((202, "FaceNotMatched", 1.071), (denied.RootElement.GetProperty("event").GetInt32(),
            denied.RootElement.GetProperty("reason").GetString(), denied.RootElement.GetProperty("distance").GetDouble()));
        Assert.Contains("1 older record matches too", console.Error, StringComparison.Ordinal);
    }
}
