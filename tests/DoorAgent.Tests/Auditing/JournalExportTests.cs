using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Sealing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Auditing;

/// <summary>Tests of exports, verified by the very program that the guide shows, with the real openssl and sqlite3.</summary>
public sealed class JournalExportTests : IDisposable
{
    private static readonly Lazy<string> Program = new(() =>
    {
        string page = Repository.Guide("evidence.md");
        int begin =
            page.IndexOf("```sh\n", page.IndexOf("verify.sh begin", StringComparison.Ordinal), StringComparison.Ordinal) + 6;
        return page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)];
    });

    private readonly TempFolder _folder = new();

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("all.jsonl")]
    [InlineData("all.csv")]
    public void AnExportIsProvenByTheProgramOfTheGuide(string name)
    {
        Write();
        ExportedRecords done = Export(name, ChainedJournal.Keys);
        Assert.Equal((1206, 1, 1206, true, 0), (done.Records, done.First, done.Last, done.IsProven, done.Left));
        Assert.Equal("proven: 1206 records, names too", Verify(name));
        Assert.Equal("NOT proven: this is not the door's key", Verify(name, JournalSigner.PemOf(DoorKey.Generate())));
    }

    [Theory]
    [InlineData("all.jsonl")]
    [InlineData("all.csv")]
    public void AnyChangedByteOfAnExportIsFound(string name)
    {
        Write();
        Export(name, ChainedJournal.Keys);
        byte[] whole = File.ReadAllBytes(_folder.File(name));
        string text = Encoding.UTF8.GetString(whole);
        foreach (int at in new[] { text.IndexOf("Granted", StringComparison.Ordinal), text.IndexOf("0.412", StringComparison.Ordinal) + 4,
            text.IndexOf("adam", StringComparison.Ordinal), text.LastIndexOf("DoorClosed", StringComparison.Ordinal) })
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            File.WriteAllBytes(_folder.File(name), changed);
            Assert.Contains("NOT proven", Verify(name), StringComparison.Ordinal);
        }

        string[] lines = text.Split('\n');
        foreach (IEnumerable<string> other in new[]
        {
            lines.Take(5).Concat(lines.Skip(6)), lines.Take(5).Append(lines[4]).Concat(lines.Skip(5)),
            lines.Take(5).Append(lines[6]).Append(lines[5]).Concat(lines.Skip(7)), lines.SkipLast(2).Append(""),
        })
        {
            File.WriteAllText(_folder.File(name), string.Join('\n', other));
            Assert.Contains("NOT proven", Verify(name), StringComparison.Ordinal);
        }

        File.WriteAllBytes(_folder.File(name), whole);
        WrittenJournal.Change(ExportProof.PathOf(_folder.File(name)),
            "UPDATE statement SET text = replace(text, 'records 1000', 'records 1001')");
        Assert.Contains("the signature of the block that ends with record 1000", Verify(name), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutTheKeyOnlySignedBlocksAreExportedAndTheNamesAreNotSigned()
    {
        Write();
        ExportedRecords done = Export("part.jsonl", ChainedJournal.None);
        Assert.Equal((1000, 206), (done.Records, done.Left));
        Assert.Equal("proven: 1000 records, the names are not signed", Verify("part.jsonl"));
    }

    [Fact]
    public void AnExportSinceATimeBeginsWithTheBlockOfItsFirstRecord()
    {
        Write();
        JournalExport export = new(JournalPath, ChainedJournal.Keys, ChainedJournal.Clock());
        ExportedRecords done = export.Run(_folder.File("late.csv"), ExportFormat.Csv, SomeEvents.Morning.AddHours(1));
        Assert.Equal((1001, 1206), (done.First, done.Last));
        Assert.Equal("proven: 206 records, names too", Verify("late.csv"));
        Assert.Equal(0, export.Run(_folder.File("none.csv"), ExportFormat.Csv, SomeEvents.Morning.AddYears(1)).Records);
        Assert.Equal(1000, export.Run(_folder.File("old.csv"), ExportFormat.Csv, since: null, upTo: 1000).Records);
        Assert.Equal("proven: 1000 records, names too", Verify("old.csv"));
    }

    [Fact]
    public void RecordsFromBeforeTheChainAreProvenToo()
    {
        OldJournal.Make(JournalPath, 3);
        using (Journal journal = Journal.Open(JournalPath, ChainedJournal.Keys, ChainedJournal.Clock()))
            journal.Append(SomeEvents.Granted(41));
        Export("all.jsonl", ChainedJournal.Keys);
        Assert.Equal("proven: 41 records, names too", Verify("all.jsonl"));
        string line = File.ReadAllLines(_folder.File("all.jsonl"))[10];
        Assert.EndsWith("\"detail\":\"'ofice' of {person 7}, {person 8}. Did you mean office?\",\"person\":null,"
            + "\"words\":\"'ofice' of adam, nora. Did you mean office?\"}", line, StringComparison.Ordinal);
    }

    [Fact]
    public void AJournalWithoutAChainIsExportedWithoutAProof()
    {
        using (Journal journal = Journal.Open(JournalPath))
            journal.Append(SomeEvents.Granted());
        Assert.False(Export("all.jsonl", ChainedJournal.Keys).IsProven);
        Assert.False(File.Exists(ExportProof.PathOf(_folder.File("all.jsonl"))));
    }

    private void Write()
    {
        using Journal journal =
            Journal.Open(JournalPath, ChainedJournal.Keys, ManyRecords.Make(JournalPath, 1203, TimeSpan.FromHours(1)));
        journal.Append(SomeEvents.Number(1204, DoorEventKind.Warning) with { Detail = "a \"quoted\", ü\\\n\tand a comma" });
        journal.Append(SomeEvents.Number(1205, DoorEventKind.ScheduleUnknown) with
        {
            Detail = $"of {PersonReference.Of(8, "Nora O'Neil")}",
        });
        journal.Append(SomeEvents.Number(1206));
    }

    private ExportedRecords Export(string name, KeyRing keys) => new JournalExport(JournalPath, keys, ChainedJournal.Clock())
        .Run(_folder.File(name), name.EndsWith(".csv", StringComparison.Ordinal) ? ExportFormat.Csv : ExportFormat.Jsonl);

    private string Verify(string name, string? pem = null)
    {
        string program = _folder.Write("verify.sh", Program.Value);
        string key = _folder.Write("door.pem", pem ?? JournalSigner.PemOf(ChainedJournal.Door));
        return Script.Run("sh", [program, _folder.File(name), key]).Said.Trim();
    }
}
