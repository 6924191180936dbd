using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Storage;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Storage;

/// <summary>Gallery and journal on a medium that is mounted read-only, as whoever looks into a case has them.</summary>
public sealed class EvidenceTests : IDisposable
{
    private readonly MountedFolder _medium = new("4m");
    private readonly MadeGalleryFile _gallery = new();
    private readonly TempFolder _folder = new();

    public EvidenceTests()
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
    public void WholeFilesAreReadAndNothingIsLeftBesideThem()
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
    public void WhatStandsInALogBesideThemIsReadToo()
    {
        // Taken from a door that ran: the newest of it stands in the logs.
        using SqliteConnection writer = GalleryDatabase.OpenToWrite(_gallery.Path);
        Sqlite.Run(writer, "UPDATE person SET name = 'bert', name_key = 'BERT'");
        using Journal running = DoorAgent.Auditing.Journal.Open(_folder.File("journal.db"));
        running.Append(SomeEvents.Number(4));
        Copy(_gallery.Path, Gallery);
        Copy(_folder.File("journal.db"), Journal);
        _medium.BecomeReadOnly();
        string[] temporary = Directory.GetDirectories(Path.GetTempPath(), "dooragent-*").Where(one => !one.Contains("dooragent-test-", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["bert"], Everybody());
        Assert.Equal([1L, 2, 3, 4], WrittenJournal.Entries(Journal).Select(entry => entry.Sequence));
        Assert.Equal(temporary, Directory.GetDirectories(Path.GetTempPath(), "dooragent-*").Where(one => !one.Contains("dooragent-test-", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhoWouldChangeItIsToldThatItCannotBeWritten()
    {
        File.Copy(_gallery.Path, Gallery);
        _medium.BecomeReadOnly();
        using GalleryFile file = new(Gallery, MadeGalleryFile.Time, GalleryDatabase.OpenToRead(Gallery));
        Assert.Contains("read-only", Assert.Throws<UserErrorException>(() => file.SetEnabled("anna", false)).Message, StringComparison.Ordinal);
    }

    private static void Copy(string from, string to)
    {
        File.Copy(from, to);
        File.Copy(DatabaseFacts.LogOf(from), DatabaseFacts.LogOf(to));
        Assert.True(new FileInfo(DatabaseFacts.LogOf(to)).Length > 0);
    }

    private string[] Everybody()
    {
        using GalleryFile file = GalleryFile.OpenToRead(Gallery);
        return [.. file.Read(MadeEncodings.Encoder).People.Select(person => person.Name)];
    }
}
