using DoorAgent.Auditing;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Galleries;

namespace DoorAgent.Tests.Commands.People;

[Collection(nameof(WholeConsole))]
public sealed class PeopleEraseCommandTests : IDisposable
{
    private readonly MadeGalleryFile _made = new();

    private string Data => Path.GetDirectoryName(_made.Path)!;

    public void Dispose() => _made.Dispose();

    [Fact]
    public async Task ThePlanIsShownAndWithoutAnAnswerNothingIsErased()
    {
        _made.Add("anna", MadeGalleryFile.Card(1), 0);
        Assert.Contains("Nothing was erased (--dry-run)", await SaysAsync(0, "anna (person", "erase", "ANNA", "--dry-run"),
            StringComparison.Ordinal);
        Assert.Contains("badges 1", await SaysAsync(1, "Nothing was erased; with --yes it is", "erase", "anna"), StringComparison.Ordinal);
        Assert.Equal("anna", _made.Read().People.Single().Name);
    }

    [Fact]
    public async Task WithoutADoorTheCommandWritesTheRecordItself()
    {
        _made.Add("anna", null, 0);
        _made.Add("bert", null, 90);
        using (Journal journal = Journal.Open(Path.Combine(Data, "journal.db")))
            journal.Append(SomeEvents.Granted(1) with { PersonId = _made.Read().People[0].Id, PersonName = "anna" });
        await SaysAsync(0, "Done. Not reached:", "erase", "anna", "--yes");
        await SaysAsync(2, "Nothing is known of anybody called anna", "erase", "anna", "--yes");
        Assert.Equal(["bert"], _made.Read().People.Select(person => person.Name));
        await WholeConsole.SaysAsync(0, "Person erased", "log", "--data", Data);
        await WholeConsole.SaysAsync(0, "(erased)", "log", "--data", Data, "--person", $"person {WrittenJournal.Entries(
            Path.Combine(Data, "journal.db"))[0].PersonId}");
    }

    [Fact]
    public async Task AFileThatStillHasTheNameMakesTheExitCodeOne()
    {
        _made.Add("anna", null, 0);
        await File.WriteAllTextAsync(Path.Combine(Data, "list.csv"), "name\nanna\n", TestContext.Current.CancellationToken);
        await SaysAsync(1, "list.csv: contains the name", "erase", "anna", "--yes");
        await SaysAsync(1, "list.csv: contains the name", "erase", "anna", "--yes");
        File.Delete(Path.Combine(Data, "list.csv"));
        await SaysAsync(2, "Nothing is known", "erase", "anna", "--yes");
    }

    [Fact]
    public async Task AConsentIsShownSetAndRemoved()
    {
        _made.Add("anna", null, 0);
        await SaysAsync(0, "anna: no consent is recorded", "consent", "anna");
        await SaysAsync(0, "anna: consent of 2026-03-01 (form 17)", "consent", "ANNA", "--date", "2026-03-01", "--note", "form 17");
        await SaysAsync(0, "anna: consent of 2026-03-02 (form 17)", "consent", "anna", "--date", "2026-03-02");
        await SaysAsync(0, "consent of 2026-03-02 (form 17)", "show", "anna");
        await SaysAsync(0, "2026-03-02", "list");
        await SaysAsync(0, "anna: no consent is recorded", "consent", "anna", "--none");
        await SaysAsync(2, "--none excludes", "consent", "anna", "--none", "--date", "2026-03-01");
    }

    [Fact]
    public async Task ThePersonsDataAreWrittenToAFile()
    {
        _made.Add("anna", null, 0);
        string target = Path.Combine(Data, "anna.zip");
        await SaysAsync(0, "anna, encodings 1", "export-data", "anna", "--out", target);
        Assert.True(File.Exists(target));
        await SaysAsync(2, "- is the standard output", "export-data", "anna", "--out", "-");
        await SaysAsync(2, "would be lost", "export-data", "anna", "--out", _made.Path, "--force");
        // The file is in the data directory, and so the erasure names it.
        await SaysAsync(1, "anna.zip: contains the name", "erase", "anna", "--yes");
    }

    private Task<string> SaysAsync(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, [.. new[] { "people" }, .. arguments, "--data", Data]);
}
