using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Storage;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Storage;

/// <summary>Tests gallery and journal on a read-only medium, as an investigator receives them.</summary>
public sealed class ReadOnlySqliteTests : IDisposable
{
    private readonly MountedFolder _medium = new("4m");
    private readonly MadeGalleryFile _gallery = new();
    private readonly TempFolder _folder = new();

    public ReadOnlySqliteTests()
    {
        _gallery.Add("anna", MadeGalleryFile.Card(1), 0);
        WrittenJournal.With(_folder.File("journal.db"), 3).Dispose();
    }

    private string Gallery => Path.Combine(_medium.Path, "gallery.db");

    private string Journal => Path.Combine(_medium.Path, "journal.db");

    public void Dispose()
    {
        _folder.Dispose();
        _gallery.Dispose();
        _medium.Dispose();
    }

    [Fact]
    public void CompleteFilesAreReadAndNoOtherFileIsLeftBehind()
    {
        File.Copy(_gallery.Path, Gallery);
        File.Copy(_folder.File("journal.db"), Journal);
        _medium.BecomeReadOnly();
        Assert.Equal(["anna"], Everybody());
        Assert.Equal([1L, 2, 3], WrittenJournal.Entries(Journal).Select(entry => entry.Sequence));
        Assert.Equal(3, JournalHealth.Of(Journal).Newest);
        Assert.Equal([Gallery, Journal], Directory.GetFiles(_medium.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheWriteAheadLogIsReadToo()
    {
        // Copied from a running door: the latest changes are in the write-ahead logs.
        using SqliteConnection writer = GalleryDatabase.OpenToWrite(_gallery.Path);
        Sqlite.Run(writer, "UPDATE person SET name = 'bert', name_key = 'BERT'");
        using Journal running = DoorAgent.Auditing.Journal.Open(_folder.File("journal.db"));
        running.Append(SomeEvents.Number(4));
        Copy(_gallery.Path, Gallery);
        Copy(_folder.File("journal.db"), Journal);
        _medium.BecomeReadOnly();
        string[] temporary = TemporaryDirectories();
        Assert.Equal(["bert"], Everybody());
        Assert.Equal([1L, 2, 3, 4], WrittenJournal.Entries(Journal).Select(entry => entry.Sequence));
        Assert.Equal(temporary, TemporaryDirectories());
    }

    [Fact]
    public void AChangeIsRefusedBecauseTheMediumIsReadOnly()
    {
        File.Copy(_gallery.Path, Gallery);
        _medium.BecomeReadOnly();
        using GalleryFile file = new(Gallery, MadeGalleryFile.Time, GalleryDatabase.OpenToRead(Gallery));
        string refusal = Assert.Throws<UserErrorException>(() => file.SetEnabled("anna", false)).Message;
        Assert.Contains("read-only", refusal, StringComparison.Ordinal);
    }

    private static string[] TemporaryDirectories() =>
    [
        .. Directory.GetDirectories(Path.GetTempPath(), "dooragent-*")
            .Where(directory => !directory.Contains("dooragent-test-", StringComparison.Ordinal)),
    ];

    private static void Copy(string from, string to)
    {
        File.Copy(from, to);
        File.Copy(DatabaseStatus.LogOf(from), DatabaseStatus.LogOf(to));
        Assert.True(new FileInfo(DatabaseStatus.LogOf(to)).Length > 0);
    }

    private string[] Everybody()
    {
        using GalleryFile file = GalleryFile.OpenToRead(Gallery);
        return [.. file.Read(MadeEncodings.Encoder).People.Select(person => person.Name)];
    }
}
