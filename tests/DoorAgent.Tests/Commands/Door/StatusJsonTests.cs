using System.Text.Json;
using DoorAgent.Auditing;
using DoorAgent.Commands.Door;
using DoorAgent.Commands.Log;
using DoorAgent.Commands.Output;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;
using DoorAgent.Operating;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Door;

public sealed class StatusJsonTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(DoorEventKind.Granted, null)]
    [InlineData(DoorEventKind.Denied, DenyReason.FaceNotMatched)]
    [InlineData(DoorEventKind.DoorForced, null)]
    internal void AnEventHasTheSameFieldsAndWordsInStatusAndLog(DoorEventKind kind, DenyReason? reason)
    {
        DoorEvent made = SomeEvents.Granted() with { Kind = kind, Reason = reason };
        using (Journal journal = Journal.Open(_data.File("journal.db")))
            journal.Append(made);
        using JournalReader reader = new(_data.File("journal.db"), new JournalFilter());
        string logged = JsonLine.Of(EventJson.Of(Assert.Single(reader.Last(1).Entries)));

        using JsonDocument status = JsonDocument.Parse(JsonLine.Of(StatusJson.Of(Status(made))));
        JsonElement told = Assert.Single(status.RootElement.GetProperty("events").EnumerateArray());
        using JsonDocument log = JsonDocument.Parse(logged);
        Assert.All(log.RootElement.EnumerateObject(),
            field => Assert.Equal(field.Value.GetRawText(), told.GetProperty(field.Name).GetRawText()));
        Assert.Equal(["personName", "badgeHint"], told.EnumerateObject().Select(field => field.Name)
            .Except(log.RootElement.EnumerateObject().Select(field => field.Name)));
        Assert.Equal((kind.ToString(), reason?.ToString(), "adam", "H10301 ...67"),
            (told.GetProperty("kind").GetString(), told.GetProperty("reason").GetString(), told.GetProperty("person").GetString(),
                told.GetProperty("badge").GetString()));
    }

    [Fact]
    public void TheFieldsOfTheStatusKeepTheirNamesAndValues()
    {
        using JsonDocument status =
            JsonDocument.Parse(JsonLine.Of(
                StatusJson.Of(Status(SomeEvents.Number(1)) with { Door = DoorPhase.HeldOpen, LookingFor = "José",
                    RelaySecondsLeft = 2.5 })));
        Assert.Equal("held-open", status.RootElement.GetProperty("door").GetString());
        Assert.Equal("José", status.RootElement.GetProperty("lookingFor").GetString());
        Assert.All(["running", "since", "now", "relaySecondsLeft", "lights", "schedules", "faults"],
            field => Assert.True(status.RootElement.TryGetProperty(field, out _), field));
        string page = Repository.Guide("log.md");
        Assert.All(status.RootElement.EnumerateObject(), field => Assert.Contains($"`{field.Name}`", page, StringComparison.Ordinal));
        Assert.All(EventJson.Of(SomeEvents.Number(1)), field => Assert.Contains($"`{field.Key}`", page, StringComparison.Ordinal));
    }

    private static DoorStatus Status(DoorEvent made) => new()
    {
        Running = "a door",
        Since = SomeEvents.Morning,
        Now = SomeEvents.Morning,
        Door = DoorPhase.Locked,
        Lights = LightPattern.Off,
        Faults = [],
        Events = [made],
    };
}
