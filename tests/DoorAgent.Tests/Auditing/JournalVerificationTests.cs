using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Auditing;

/// <summary>Tests with a journal of 2,345 records of which somebody without the key changes some: each change is named with its
/// records.</summary>
public sealed class JournalVerificationTests(JournalVerificationTests.Written written)
    : IClassFixture<JournalVerificationTests.Written>, IDisposable
{
    private const int Records = 2345;

    private readonly TempFolder _folder = new();

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AJournalAsTheDoorWroteItIsWholeWithTheKeyAndWithThePublicKeyAlone()
    {
        Copy();
        JournalProof whole = Verify();
        Assert.True(whole.IsWhole);
        Assert.Equal((Records, 1, Records, 3, (long)Records, KeyTrust.Door, null),
            (whole.Records, whole.First, whole.Last, whole.Checkpoints, whole.SignedUpTo, whole.Trust, whole.WithoutChain));
        using JournalSigner signer = new(ChainedJournal.Door);
        JournalProof open = new JournalVerification(JournalPath, ChainedJournal.None) { PublicKey = signer.PublicKey }.Run();
        Assert.Equal((true, KeyTrust.Given, "there is no key here"), (open.IsWhole, open.Trust, open.WithoutChain));
        JournalProof alone = new JournalVerification(JournalPath, ChainedJournal.None).Run();
        Assert.Equal((true, KeyTrust.None), (alone.IsWhole, alone.Trust));
        DoorKey other = DoorKey.Generate();
        using JournalSigner foreign = new(other);
        JournalProof strange = new JournalVerification(JournalPath, ChainedJournal.None) { PublicKey = foreign.PublicKey }.Run();
        Assert.Single(strange.Findings, one => one.Fault == ProofFault.Key);
    }

    [Theory]
    [InlineData("UPDATE event SET kind = 'Granted' WHERE sequence = 1200", "Changed 1200 1200")]
    [InlineData("UPDATE event SET detail = 'x' WHERE sequence IN (1, 999, 1000, 1001, 2345)",
        "Changed 1 1", "Changed 999 1001", "Changed 2345 2345")]
    [InlineData("UPDATE event SET time = '2026-03-02T07:55:00.0000000+01:00' WHERE sequence BETWEEN 500 AND 1500", "Changed 500 1500")]
    [InlineData("UPDATE event SET mac = zeroblob(32) WHERE sequence = 1200", "Changed 1200 1200")]
    [InlineData("UPDATE event SET mac = zeroblob(32) WHERE sequence = 1000", "Changed 1000 1000")]
    [InlineData("UPDATE event SET mac = zeroblob(7) WHERE sequence BETWEEN 1200 AND 1203", "Changed 1200 1203")]
    [InlineData("UPDATE event SET mac = NULL WHERE sequence = 1200", "Unproven 1200 1200")]
    [InlineData("UPDATE event SET mac = NULL WHERE sequence BETWEEN 1200 AND 1210", "Unproven 1200 1210")]
    [InlineData("DELETE FROM event WHERE sequence = 1200", "Missing 1200 1200")]
    [InlineData("DELETE FROM event WHERE sequence BETWEEN 900 AND 1100", "Missing 900 1100")]
    [InlineData("DELETE FROM event WHERE sequence = 1000", "Missing 1000 1000")]
    [InlineData("DELETE FROM event WHERE sequence = 1001", "Missing 1001 1001")]
    [InlineData("DELETE FROM event WHERE sequence <= 20", "Missing 1 20")]
    [InlineData("DELETE FROM event WHERE sequence BETWEEN 1001 AND 2000", "Missing 1001 2000")]
    [InlineData("DELETE FROM event WHERE sequence > 2100", "CutOff 2101 2345")]
    [InlineData("DELETE FROM event WHERE sequence > 1100", "CutOff 1101 2345")]
    [InlineData("INSERT INTO event (sequence, time, kind, mac) VALUES (2346, '', 'Granted', zeroblob(32)), "
        + "(2347, '', 'Granted', zeroblob(32))",
        "Changed 2346 2347")]
    [InlineData("INSERT INTO event (sequence, time, kind) VALUES (2346, '', 'Granted')", "Unproven 2346 2346")]
    [InlineData("UPDATE event SET kind = 'Granted', mac = randomblob(32) WHERE sequence BETWEEN 1801 AND 1802", "Changed 1801 1803")]
    [InlineData("UPDATE event SET sequence = -sequence WHERE sequence > 2000; UPDATE event SET sequence = 1 - sequence WHERE sequence < 0; "
        + "INSERT INTO event (sequence, time, kind) VALUES (2001, '', 'Granted')", "Unproven 2001 2001", "Changed 2002 2346")]
    [InlineData("UPDATE event SET sequence = -1 WHERE sequence = 100; UPDATE event SET sequence = 100 WHERE sequence = 1900; "
        + "UPDATE event SET sequence = 1900 WHERE sequence = -1", "Exchanged 100 1900")]
    [InlineData("UPDATE event SET sequence = -1 WHERE sequence = 100; UPDATE event SET sequence = 100 WHERE sequence = 101; "
        + "UPDATE event SET sequence = 101 WHERE sequence = -1", "Exchanged 100 101")]
    [InlineData("CREATE TEMP TABLE two AS SELECT * FROM event WHERE sequence IN (70, 77); UPDATE event SET (time, kind, person, badge, "
        + "distance, threshold, encoder) = (SELECT time, kind, person, badge, distance, threshold, encoder FROM two "
        + "WHERE two.sequence = 147 - event.sequence) WHERE sequence IN (70, 77)", "Exchanged 70 77")]
    [InlineData("DELETE FROM checkpoint WHERE last = 2000", "Checkpoint 1001 2000")]
    [InlineData("DELETE FROM checkpoint WHERE last = 1000", "Checkpoint 1 1000")]
    [InlineData("UPDATE checkpoint SET digest = zeroblob(32) WHERE last = 2000", "Checkpoint 1001 2000")]
    [InlineData("UPDATE checkpoint SET signature = zeroblob(70) WHERE last = 2000", "Checkpoint 1001 2000")]
    [InlineData("UPDATE journal_key SET public_key = zeroblob(91)", "Key 1 1")]
    [InlineData("DELETE FROM journal_key", "Key 1 2345")]
    [InlineData("UPDATE journal_name SET name = 'eva'", "Name 7 7")]
    [InlineData("INSERT INTO journal_name (person, since, name) VALUES (7, 1000, 'eva')", "Name 1000 1000")]
    [InlineData("INSERT INTO segment VALUES (1000, 1, 1000, NULL, NULL, NULL, '', 'x', x'00'); DELETE FROM event WHERE sequence <= 1000",
        "Removed 1 1000", "Missing 1 1000")]
    public void EachChangeIsNamedWithItsRecords(string sql, params string[] findings)
    {
        Copy();
        ChangeByForce(sql);
        Assert.Equal(findings, Verify().Findings.Select(one => $"{one.Fault} {one.First} {one.Last}"));
    }

    [Fact]
    public void ARecordInsertedIntoAGapOfTheNumbersIsNamed()
    {
        using (Journal journal = Open())
        {
            foreach (int number in new[] { 1, 2, 5, 6 })
                journal.Append(SomeEvents.Number(number));
        }

        Assert.True(Verify().IsWhole);
        ChangeByForce("INSERT INTO event (sequence, time, kind, mac) VALUES (3, '', 'Granted', zeroblob(32)), "
            + "(4, '', 'Granted', zeroblob(32))");
        Assert.Equal(new ProofFinding(ProofFault.Inserted, 3, 4), Assert.Single(Verify().Findings));
    }

    [Theory]
    [InlineData("UPDATE event SET kind = 'Granted' WHERE sequence = 1200", "Changed 1001 2000")]
    [InlineData("DELETE FROM event WHERE sequence = 1200", "Changed 1001 2000")]
    [InlineData("DELETE FROM event WHERE sequence > 2100", "CutOff 2101 2345")]
    [InlineData("DELETE FROM checkpoint WHERE last = 1000", "Checkpoint 1 1000")]
    public void WithoutTheKeyAChangeIsNamedWithItsBlock(string sql, string finding)
    {
        Copy();
        ChangeByForce(sql);
        ProofFinding found = Assert.Single(new JournalVerification(JournalPath, ChainedJournal.None).Run().Findings);
        Assert.Equal(finding, $"{found.Fault} {found.First} {found.Last}");
    }

    [Fact]
    public void AnOlderCopyIsFoundByTheAnchorAlsoWhereTheDoorWentOnWithIt()
    {
        ChainedJournal.With(JournalPath, 10).Dispose();
        byte[] older = File.ReadAllBytes(JournalPath);
        JournalHead head;
        using (Journal journal = Open())
        {
            for (int i = 11; i <= 15; i++)
                journal.Append(SomeEvents.Number(i));
            head = journal.Head!;
        }

        Assert.True(Verify(head).IsWhole);
        File.WriteAllBytes(JournalPath, older);
        Assert.True(Verify().IsWhole);
        Assert.Equal(new ProofFinding(ProofFault.CutOff, 11, 15), Assert.Single(Verify(head).Findings));
        using (Journal journal = Open())
        {
            for (int i = 11; i <= 20; i++)
                journal.Append(SomeEvents.Number(i, DoorEventKind.DoorForced));
        }

        Assert.Equal(new ProofFinding(ProofFault.Replaced, 15, 15), Assert.Single(Verify(head).Findings));
    }

    [Fact]
    public void AnErasedPersonChangesNothing()
    {
        Copy();
        using (Journal journal = Open())
        {
            journal.EraseNames(7, called: null);
            journal.Append(SomeEvents.Number(Records + 1, DoorEventKind.PersonErased) with { PersonId = 7, IsErased = true });
            journal.Append(SomeEvents.Granted(Records + 2) with { PersonName = "eva" });
            journal.EraseNames(7, "EVA");
        }

        Assert.Equal([], Verify().Findings);
    }

    [Fact]
    public void TheRecordsBeforeTheChainAreSignedAndALaterChangeOfThemIsFound()
    {
        OldJournal.Make(JournalPath, 2);
        Open().Dispose();
        Assert.True(Verify().IsWhole);
        ChangeByForce("UPDATE event SET kind = 'Granted' WHERE sequence = 20");
        ProofFinding found = Assert.Single(Verify().Findings);
        Assert.Equal((ProofFault.Changed, 1, 40), (found.Fault, found.First, found.Last));
    }

    [Fact]
    public void ARotatedKeyVerifiesTheRecordsBeforeToo()
    {
        DoorKey next = DoorKey.Generate();
        ChainedJournal.With(JournalPath, 5).Dispose();
        JournalKeyRotation.Run(JournalPath, ChainedJournal.Door, next, ChainedJournal.Clock());
        KeyRing ring = new([next], null);
        using (Journal journal = Journal.Open(JournalPath, ring, ChainedJournal.Clock()))
            journal.Append(SomeEvents.Number(6, DoorEventKind.Stopping));
        Assert.True(new JournalVerification(JournalPath, ring).Run().IsWhole);
        using JournalSigner first = new(ChainedJournal.Door), second = new(next);
        Assert.True(new JournalVerification(JournalPath, ChainedJournal.None) { PublicKey = first.PublicKey }.Run().IsWhole);
        Assert.True(new JournalVerification(JournalPath, ChainedJournal.None) { PublicKey = second.PublicKey }.Run().IsWhole);
        ChangeByForce("UPDATE event SET kind = 'Granted' WHERE sequence = 3");
        Assert.Equal(new ProofFinding(ProofFault.Changed, 3, 3), Assert.Single(new JournalVerification(JournalPath, ring).Run().Findings));
    }

    [Fact]
    public void AJournalUnderAnotherKeyIsNotThisDoors()
    {
        ChainedJournal.With(JournalPath, 5).Dispose();
        KeyRing other = new([DoorKey.Generate()], null);
        JournalProof proof = new JournalVerification(JournalPath, other).Run();
        Assert.NotEqual(KeyTrust.Door, proof.Trust);
        Assert.Equal("a key of the journal is not here", proof.WithoutChain);
    }

    [Fact]
    public void AJournalWithoutAChainSaysSo()
    {
        Journal.Open(JournalPath).Dispose();
        Assert.Equal((false, false), (Verify().IsWhole, Verify().IsChained));
        OldJournal.Make(_folder.File("old.db"), 3);
        Assert.False(new JournalVerification(_folder.File("old.db"), ChainedJournal.Keys).Run().IsChained);
    }

    private JournalProof Verify(JournalHead? anchored = null) =>
        new JournalVerification(JournalPath, ChainedJournal.Keys) { Anchored = anchored }.Run();

    private Journal Open() => Journal.Open(JournalPath, ChainedJournal.Keys, ChainedJournal.Clock());

    private void Copy() => File.WriteAllBytes(JournalPath, written.Bytes);

    /// <summary>Changes the file as somebody does who removes its rules first.</summary>
    private void ChangeByForce(string sql)
    {
        using SqliteConnection journal = new($"Data Source={JournalPath};Pooling=False");
        journal.Open();
        List<string> triggers = [];
        using (SqliteCommand command = Sqlite.Command(journal, "SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
        {
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
                triggers.Add(row.GetString(0));
        }

        Sqlite.Run(journal, string.Concat(triggers.Select(name => $"DROP TRIGGER {name}; ")) + sql);
    }

    /// <summary>The journal, written once.</summary>
    public sealed class Written : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Written()
        {
            ManyRecords.Make(_folder.File("journal.db"), Records, TimeSpan.FromHours(1), CheckpointReason.Stop);
            Bytes = File.ReadAllBytes(_folder.File("journal.db"));
        }

        public byte[] Bytes { get; }

        public void Dispose() => _folder.Dispose();
    }
}
