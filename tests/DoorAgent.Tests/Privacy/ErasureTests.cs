using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Privacy;
using DoorAgent.Storage;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Privacy;

/// <summary>Erases somebody from a data directory in which the name is everywhere, and then searches the bytes of every file.</summary>
public sealed class ErasureTests : IDisposable
{
    private const string Anna = "Ännä Zwölfer", Before = "Ännä Quittenbaum", Other = "Nora Lee";

    private readonly TempFolder _folder = new();
    private readonly Places _places;
    private long _anna, _other;

    public ErasureTests()
    {
        _places = new Places(_folder.Path, []);
        Fill();
    }

    private CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NoFileOfTheDataDirectoryContainsTheNameAfterwardsExceptTheListedOnes()
    {
        string note = _folder.Write("note.txt", $"ask {Anna}");
        await EraseAsync(Anna);
        Assert.Equal([note], WithName());
        Assert.Equal([note], Erasure(Anna).Unreached().Select(place => place.Where).Where(File.Exists));
        Assert.Equal([Other], Everybody(_places.GalleryFile));
        Assert.Equal([Other], Everybody(_folder.File("old/gallery.db.bak")));
        Assert.False(File.Exists(_folder.File("doctor.jpg")));
        Assert.Empty(Directory.GetFiles(_folder.File("evaluation")));
        IReadOnlyList<DoorEvent> records = WrittenJournal.Entries(_places.JournalFile);
        Assert.Equal([.. Enumerable.Repeat($"person {_anna} (erased)", 2), Other, null, $"person {_anna} (erased)"],
            records.Select(PersonReference.Who));
        Assert.Equal($"'ofice' of person {_anna} (erased), {Other}.", records[3].Detail);
        Assert.Equal(DoorEventKind.PersonErased, records[^1].Kind);
        Assert.Contains(Other, File.ReadAllText(_folder.File("logs/dooragent.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void ThePlanChangesNothing()
    {
        Dictionary<string, byte[]> before = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)).ToDictionary(file => file, File.ReadAllBytes);
        Assert.NotEmpty(Erasure(Anna).Plan());
        Assert.NotEmpty(Erasure(Anna).Unreached());
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }

    [Fact]
    public async Task KeptPicturesOfThePersonAndThoseOfNobodyKnownAreDeletedAndOthersStay()
    {
        KeptPictures kept = new(_places.Pictures);
        kept.Write(new AttemptAccount(1, DoorEventKind.Granted, _anna, []), [(TimeSpan.Zero, [1])]);
        kept.Write(new AttemptAccount(3, DoorEventKind.Granted, _other, []), [(TimeSpan.Zero, [3])]);
        foreach (string name in new[] { "0000000000000008-1-0.jpg", "0000000000000009-1-0.jpg" })
            File.WriteAllBytes(Path.Combine(_places.Pictures, name), [9]);
        File.SetLastWriteTimeUtc(Path.Combine(_places.Pictures, "0000000000000008-1-0.jpg"), DateTime.UnixEpoch);
        await EraseAsync(Anna);
        Assert.Equal(["0000000000000003-1-0.jpg", "0000000000000003.json", "0000000000000009-1-0.jpg"],
            Directory.GetFiles(_places.Pictures).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>The command is killed after each of its parts: doing it again does the rest, the earlier name included.</summary>
    [Fact]
    public async Task AfterAnInterruptionTheSameCommandDoesTheRest()
    {
        int parts = Erasure(Anna).Plan().Count;
        Assert.True(parts >= 6, $"{parts}");
        for (int done = 0; done <= parts; done++)
        {
            foreach (string left in Directory.GetFileSystemEntries(_folder.Path))
                (File.Exists(left) ? (Action<string>)File.Delete : path => Directory.Delete(path, recursive: true))(left);
            Fill();
            foreach (ErasureStep step in Erasure(Anna).Plan().Take(done))
                await step.RunAsync(Now);
            await EraseAsync(Anna);
            Assert.Empty(WithName());
            Assert.Equal([Other], Everybody(_places.GalleryFile));
        }
    }

    [Fact]
    public async Task SomebodyRemovedWhoseNameOnlyTheJournalHasIsErasedByTheEarlierNameToo()
    {
        using (GalleryFile gallery = GalleryFile.OpenToChange(_places.GalleryFile, MadeGalleryFile.Time))
            gallery.Remove(Anna);
        KnownPerson person = KnownPerson.Find(_places, Before.ToUpperInvariant());
        Assert.Equal((null, true), (person.Enrolled, person.IsKnown));
        Assert.Equal([Before, Anna], person.Names);
        await EraseAsync(Before);
        Assert.Empty(WithName());
        Assert.False(KnownPerson.Find(_places, Anna).IsKnown);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AJournalOfAnOlderFormatIsUpgradedAndErased(int format)
    {
        foreach (string file in Directory.GetFiles(_folder.Path, "journal.db*"))
            File.Delete(file);
        OldJournal.Make(_places.JournalFile, format);
        await EraseAsync("eva");
        Assert.Equal(["person 9 (erased)", "person 9 (erased)"],
            WrittenJournal.Entries(_places.JournalFile).Where(entry => entry.PersonId == 9).Take(2).Select(PersonReference.Who));
        Assert.False(new NameSearch(["eva", "eva smith"]).IsInFile(_places.JournalFile));
        Assert.False(new NameSearch(["eva", "eva smith"]).IsInFile(_places.JournalFile + "-wal"));
    }

    [Fact]
    public async Task WhoNowHasTheNumberOfSomebodyErasedKeepsTheName()
    {
        using (Journal journal = Journal.Open(_places.JournalFile))
            journal.Append(SomeEvents.Granted(5) with { PersonId = _other, PersonName = "Ute Vorher" });
        using (Journal journal = Journal.Open(_places.JournalFile))
            journal.Append(SomeEvents.Granted(6) with { PersonId = _other, PersonName = Other });
        await EraseAsync("ute vorher");
        Assert.Equal([Other, $"person {_other} (erased)", Other],
            WrittenJournal.Entries(_places.JournalFile).Where(entry => entry.PersonId == _other).Take(3).Select(PersonReference.Who));
        Assert.Contains(Other, Everybody(_places.GalleryFile));
    }

    [Fact]
    public async Task AWriterThatKeepsTheJournalIsNamedAndNothingIsLost()
    {
        using DataLock door = DataLock.Acquire(_places.Data);
        Assert.Contains("already runs", (await Assert.ThrowsAsync<UserErrorException>(() => EraseAsync(Anna))).Message,
            StringComparison.Ordinal);
        Assert.Equal(4, WrittenJournal.Entries(_places.JournalFile).Count);
    }

    private Erasure Erasure(string name) => new(_places, KnownPerson.Find(_places, name), [], TimeProvider.System);

    private async Task EraseAsync(string name)
    {
        Erasure erasure = Erasure(name);
        await erasure.RunAsync(erasure.Plan(), _ => { }, Now);
    }

    private static IEnumerable<string> Everybody(string gallery)
    {
        using GalleryFile file = GalleryFile.OpenToRead(gallery);
        return file.People.Select(person => person.Name);
    }

    /// <summary>The naive search: any part of the two names in any encoding, wherever.</summary>
    private IEnumerable<string> WithName()
    {
        byte[][] patterns =
        [
            .. from word in new[] { "Zwölfer", "Quittenbaum" }
               from form in new[] { word, word.ToUpperInvariant() }
               from encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode }
               select encoding.GetBytes(form),
        ];
        return Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => patterns.Any(pattern => File.ReadAllBytes(file).AsSpan().IndexOf(pattern) >= 0)).Order(StringComparer.Ordinal);
    }

    private void Fill()
    {
        using (GalleryFile gallery = new(_places.GalleryFile, MadeGalleryFile.Time))
        {
            gallery.AddPerson(PersonName.Parse(Before), false, MadeGalleryFile.Card(1), MadeEncodings.Encoder,
                [MadeEncodings.Picture(0, 1)]);
            gallery.AddPerson(PersonName.Parse(Other), false, MadeGalleryFile.Card(2), MadeEncodings.Encoder,
                [MadeEncodings.Picture(90, 2)]);
            gallery.Rename(Before, PersonName.Parse(Anna));
            gallery.SetPin(Anna, Pin.Parse("4718"), isDuress: false);
            GalleryConsents.Set(gallery, Anna, Consent.Parse("2026-03-01", "form 17"));
            (_anna, _other) = (gallery.Person(Anna).Id, gallery.Person(Other).Id);
        }

        Directory.CreateDirectory(_folder.File("old"));
        File.Copy(_places.GalleryFile, _folder.File("old/gallery.db.bak"));
        using (Journal journal = Journal.Open(_places.JournalFile))
            Append(journal);
        Directory.CreateDirectory(_folder.File("journal.db.aside"));
        using (Journal journal = Journal.Open(_folder.File("journal.db.aside/journal.db")))
            Append(journal);
        Directory.CreateDirectory(_places.Logs);
        _folder.Write("logs/dooragent.jsonl", $$"""{"@mt":"Granted: {Person}","Person":"{{Anna}}"}""" + "\n"
            + $$"""{"@mt":"Granted: {Person}","Person":"{{Other}}"}""" + "\n");
        _folder.Write("logs/dooragent_001.jsonl", $$"""{"@mt":"x {Detail}","Detail":"'ofice' of {{Before}}, {{Other}}."}""" + "\n");
        _folder.Write("doctor.jpg", "a picture");
        Directory.CreateDirectory(_folder.File("evaluation"));
        _folder.Write("evaluation/made-made-0.encodings", "numbers");
    }

    private void Append(Journal journal)
    {
        journal.Append(SomeEvents.Granted(1) with { PersonId = _anna, PersonName = Before });
        journal.Append(SomeEvents.Granted(2) with { PersonId = _anna, PersonName = Anna });
        journal.Append(SomeEvents.Granted(3) with { PersonId = _other, PersonName = Other });
        journal.Append(SomeEvents.Number(4, DoorEventKind.ScheduleUnknown) with
        {
            Detail = $"'ofice' of {PersonReference.Of(_anna, Anna)}, {PersonReference.Of(_other, Other)}.",
        });
    }
}
