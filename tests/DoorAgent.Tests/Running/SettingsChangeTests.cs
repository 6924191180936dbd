using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

public sealed class SettingsChangeTests : IDisposable
{
    private const string Sound = """{ "Hardware": { "Kind": "simulated", "Contact": "23" } }""",
        HalfMade = """{ "Hardware": { "Kind": "simulated" } }""",
        Unreadable = """{ "Hardware": { "Kind": "simulated", "Contact": "23" }, "Doors": { "AcessTime": "7 s" } }""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Sound, "Doors:AccessTime", "5 s", null)]
    [InlineData(Sound, "Doors:AccessTime", "70 s", "Doors:AccessTime is 70 s")]
    // The refusal names another setting.
    [InlineData(Sound, "Decisions:Pin", "required", "Decisions:Pin is required and Badges:Keypad is none")]
    [InlineData(HalfMade, "Doors:AccessTime", "5 s", null)]
    [InlineData(HalfMade, "Doors:AccessTime", "70 s", "Doors:AccessTime is 70 s")]
    [InlineData(HalfMade, "Hardware:Contact", "23", null)]
    [InlineData(HalfMade, "Hardware:Contact", "none of them", "Hardware:Contact is")]
    // Errors that an incomplete file hid before are not caused by this change.
    [InlineData("""{ "Hardware": { "Contact": "23" }, "Decisions": { "Pin": "required" } }""", "Hardware:Kind", "simulated", null)]
    // Ranges are not checked in a file with an unreadable setting.
    [InlineData(Unreadable, "Doors:AccessTime", "70 s", "Unknown setting Doors:AcessTime")]
    [InlineData("""{ "Hardware": { "Contact": "23" }, "Doors": { "AccessTime": "70 s" } }""",
        "Doors:AccessTime", "70 s", "Doors:AccessTime is 70 s")]
    public void ASetValueMustBeValidAndMayNotMakeTheFileWorse(string file, string key, string value, string? refusal) =>
        AssertRefused(refusal, file, key, document => document.Set(key, value));

    [Theory]
    [InlineData(Sound, "Hardware:Contact", "Hardware:Contact is not set")]
    [InlineData(Unreadable, "Doors:AcessTime", null)]
    [InlineData("""{ "Doors": { "AcessTime": "7 s", "Shnt": "7 s" } }""", "Doors:AcessTime", null)]
    public void ARemovalMayLeaveOtherErrorsInTheFile(string file, string key, string? refusal) =>
        AssertRefused(refusal, file, key, document => document.Remove(key));

    private void AssertRefused(string? refusal, string file, string key, Action<SettingsDocument> change)
    {
        SettingsDocument before = SettingsDocument.OpenToCorrect(_folder.Write("a.json", file)), after = before.Copy();
        change(after);
        IReadOnlyList<string> refusals = SettingsChange.Refusals(before, after, [key]);
        if (refusal is null)
            Assert.Empty(refusals);
        else
            Assert.StartsWith(refusal, Assert.Single(refusals), StringComparison.Ordinal);
    }
}
