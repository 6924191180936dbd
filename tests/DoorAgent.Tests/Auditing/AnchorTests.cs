using System.Diagnostics;
using DoorAgent.Auditing;
using DoorAgent.Matching;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Auditing;

/// <summary>Tests the anchor with two directories: the daemon's, whose contents are hostile, and root's. The user of the test stands for
/// root.</summary>
public sealed class AnchorTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _door = new(), _root = new();
    private readonly Anchor _anchor;

    public AnchorTests() => _anchor = new Anchor(_root.File("anchor"), Libc.UserId);

    private string HeadFile => _door.File("head");

    [Fact]
    public void WhatTheDaemonSaysIsTakenOverAndReadableForTheDaemon()
    {
        Assert.Null(_anchor.Read());
        AnchorResult result = Update(Gallery(7), Record(100));
        Assert.True(result.IsChanged);
        Assert.Empty(result.Alarms);
        Assert.Equal(new DoorHead(Now, Gallery(7), Record(100)), _anchor.Read());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            File.GetUnixFileMode(_anchor.Path));
        Assert.False(Update(Gallery(7), Record(100)).IsChanged);
        Assert.Equal((true, Gallery(8)), (Update(Gallery(8), Record(100)).IsChanged, _anchor.Read()!.Gallery));
    }

    [Fact]
    public void TheAnchorNeverGoesBackwards()
    {
        Update(Gallery(7), Record(100));
        Assert.Contains("has revision 6", Assert.Single(Update(Gallery(6), Record(100)).Alarms), StringComparison.Ordinal);
        Assert.Contains("another content", Assert.Single(Update(Gallery(7, "f"), Record(100)).Alarms), StringComparison.Ordinal);
        Assert.Contains("is not sealed", Assert.Single(Update(new GalleryHead(9, new string('a', 32)), Record(100)).Alarms),
            StringComparison.Ordinal);
        Assert.Contains("ends at record 99", Assert.Single(Update(Gallery(7), Record(99)).Alarms), StringComparison.Ordinal);
        Assert.Contains("has another record 100", Assert.Single(Update(Gallery(7), Record(100, "f")).Alarms), StringComparison.Ordinal);
        Assert.Contains("lacks record 100", Assert.Single(Update(Gallery(7), null).Alarms), StringComparison.Ordinal);
        Assert.Equal((Gallery(7), Record(100)), (_anchor.Read()!.Gallery, _anchor.Read()!.Journal));
    }

    [Fact]
    public void OnePartGoesForwardWhileTheOtherIsAnAlarm()
    {
        Update(Gallery(7), Record(100));
        AnchorResult result = Update(Gallery(8), Record(3));
        Assert.Single(result.Alarms);
        Assert.True(result.IsChanged);
        Assert.Equal((Gallery(8), Record(100)), (_anchor.Read()!.Gallery, _anchor.Read()!.Journal));
    }

    [Fact]
    public void AStartWithoutAGalleryKeepsTheAnchoredOne()
    {
        Update(Gallery(7), Record(100));
        Assert.Empty(Update(null, Record(101)).Alarms);
        Assert.Equal((Gallery(7), Record(101)), (_anchor.Read()!.Gallery, _anchor.Read()!.Journal));
    }

    [Fact]
    public void AJournalThatWasSetAsideIsTakenOverWhenRootSaysSo()
    {
        Update(Gallery(7), Record(100));
        Assert.Empty(Update(Gallery(7), Record(3), acceptsJournal: true).Alarms);
        Assert.Equal(Record(3), _anchor.Read()!.Journal);
        Assert.Single(Update(Gallery(6), Record(3), acceptsJournal: true).Alarms);
        Assert.Equal(Gallery(7), _anchor.Read()!.Gallery);
    }

    [Fact]
    public void EveryAnchoredEndOfTheJournalIsKeptOnceUntilRootAcceptsAnother()
    {
        Update(Gallery(7), Record(100));
        Update(Gallery(8), Record(100));
        Update(Gallery(8), Record(103));
        Assert.Equal([Record(100), Record(103)], _anchor.Journals());
        Update(Gallery(8), Record(3), acceptsJournal: true);
        Assert.Equal([Record(3)], _anchor.Journals());
        File.AppendAllText(_root.File("journal-heads"), "\n105 0123");
        Update(Gallery(8), Record(107));
        Assert.Equal([Record(3), Record(107)], _anchor.Journals());
    }

    /// <summary>The daemon's user has the key, and writes another history of the same length; its end is anchored as the newest one.</summary>
    [Fact]
    public void ARewrittenJournalIsFoundByAnEarlierEndThatWasAnchored()
    {
        string path = _door.File("journal.db");
        ChainedJournal.With(path, 9).Dispose();
        Update(Gallery(7), JournalHead.OfFile(path));
        Assert.Null(AnchoredJournal.FirstMissing(path, _anchor.Journals()));

        File.Delete(path);
        using (Journal other = Journal.Open(path, ChainedJournal.Keys, ChainedJournal.Clock()))
        {
            for (int i = 0; i < 12; i++)
                other.Append(SomeEvents.Number(100 + i));
        }

        JournalHead forged = JournalHead.OfFile(path)!;
        Assert.Empty(Update(Gallery(7), forged).Alarms);
        Assert.Equal(forged, _anchor.Read()!.Journal);
        Assert.Equal(9, AnchoredJournal.FirstMissing(path, _anchor.Journals())?.Sequence);
        Assert.Equal("lacks record 9, which was written", AnchoredJournal.FaultOf(path, _anchor));
        JournalProof proof = new JournalVerification(path, ChainedJournal.Keys)
        {
            Anchored = AnchoredJournal.FirstMissing(path, _anchor.Journals()),
        }.Run();
        Assert.Equal(ProofFault.Replaced, Assert.Single(proof.Findings).Fault);
    }

    [Fact]
    public void AHeadThatIsGoneIsAnAlarmOnceThereWasOne()
    {
        Assert.Empty(AnchorUpdate.Run(HeadFile, _anchor, acceptsJournal: false, Now).Alarms);
        Update(Gallery(7), Record(100));
        File.Delete(HeadFile);
        Assert.Single(AnchorUpdate.Run(HeadFile, _anchor, acceptsJournal: false, Now).Alarms);
    }

    [Fact]
    public async Task NothingButAShortTextIsReadFromTheDirectoryOfTheDaemon()
    {
        Update(Gallery(7), Record(100));
        string good = File.ReadAllText(HeadFile).Replace("gallery 7", "gallery 8", StringComparison.Ordinal);
        Action[] attacks =
        [
            () => File.WriteAllText(HeadFile, ""),
            () => File.WriteAllText(HeadFile, good + good),
            () => File.WriteAllText(HeadFile, good.Replace("gallery 8", "gallery 999999999999999999999", StringComparison.Ordinal)),
            () => File.WriteAllBytes(HeadFile, new byte[1 << 20]),
            () => File.CreateSymbolicLink(HeadFile, _door.Write("elsewhere", good)),
            () => Directory.CreateDirectory(HeadFile),
            () => Process.Start("mkfifo", HeadFile).WaitForExit(),
        ];
        foreach (Action attack in attacks)
        {
            File.Delete(HeadFile);
            await Task.Run(attack, TestContext.Current.CancellationToken);
            Assert.Throws<UserErrorException>(() => AnchorUpdate.Run(HeadFile, _anchor, acceptsJournal: false, Now));
            if (Directory.Exists(HeadFile))
                Directory.Delete(HeadFile);
        }

        Assert.Equal(Gallery(7), _anchor.Read()!.Gallery);
    }

    [Fact]
    public void ALinkedFileOfAnotherUserIsNotRead()
    {
        if (!Libc.IsRoot)
            Assert.Skip("needs root, to change the owner of a file");
        Write(Gallery(7), Record(100));
        Libc.ChangeOwner(_door.Path, 1234, 4321);
        Assert.Throws<UserErrorException>(() => AnchorUpdate.Run(HeadFile, _anchor, acceptsJournal: false, Now));
        Libc.ChangeOwner(HeadFile, 1234, 4321);
        Assert.True(AnchorUpdate.Run(HeadFile, _anchor, acceptsJournal: false, Now).IsChanged);
    }

    [Fact]
    public void AnAnchorThatAnotherUserCanHaveWrittenIsNotBelieved()
    {
        Update(Gallery(7), Record(100));
        UnixFileMode file = File.GetUnixFileMode(_anchor.Path), folder = File.GetUnixFileMode(_root.Path);
        Assert.Throws<UserErrorException>(() => new Anchor(_anchor.Path, Libc.UserId + 1).Read());
        File.SetUnixFileMode(_anchor.Path, file | UnixFileMode.GroupWrite);
        Assert.Throws<UserErrorException>(_anchor.Read);
        File.SetUnixFileMode(_anchor.Path, file);
        File.SetUnixFileMode(_root.Path, folder | UnixFileMode.OtherWrite);
        Assert.Throws<UserErrorException>(_anchor.Read);
        File.SetUnixFileMode(_root.Path, folder);
        Assert.NotNull(_anchor.Read());

        File.Move(_anchor.Path, _root.File("moved"));
        File.CreateSymbolicLink(_anchor.Path, _root.File("moved"));
        Assert.Throws<UserErrorException>(_anchor.Read);
    }

    [Fact]
    public void ADamagedAnchorIsReportedAndNotOverwritten()
    {
        File.WriteAllText(_anchor.Path, "torn");
        Assert.Contains("remove it", Assert.Throws<UserErrorException>(() => Update(Gallery(7), Record(100))).Message,
            StringComparison.Ordinal);
        Assert.Equal("torn", File.ReadAllText(_anchor.Path));
    }

    [Fact]
    public void OnlyTheSystemsDataDirectoryHasAnAnchor()
    {
        Assert.Equal("/var/lib/dooragent-anchor/anchor", Anchor.Of(Places.Resolve("/var/lib/dooragent/", null))!.Path);
        Assert.Null(Anchor.Of(Places.Resolve("/var/lib/dooragent/copy", null)));
    }

    public void Dispose()
    {
        _door.Dispose();
        _root.Dispose();
    }

    private static GalleryHead Gallery(long revision, string mark = "a") =>
        new(revision, string.Concat(Enumerable.Repeat(mark, 32)), new string('b', 64), new string('c', 16));

    private static JournalHead Record(long sequence, string mac = "d") =>
        new(sequence, string.Concat(Enumerable.Repeat(mac, 64)));

    private void Write(GalleryHead? gallery, JournalHead? journal) => File.WriteAllText(HeadFile, new DoorHead(Now, gallery, journal).Print());

    private AnchorResult Update(GalleryHead? gallery, JournalHead? journal, bool acceptsJournal = false)
    {
        Write(gallery, journal);
        return AnchorUpdate.Run(HeadFile, _anchor, acceptsJournal, Now);
    }
}
