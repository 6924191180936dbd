using System.CommandLine;
using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Commands.Output;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Log;

/// <summary>Creates dooragent log export.</summary>
internal static class LogExportCommand
{
    internal static Command Create()
    {
        Option<string?> since = new("--since") { Description = "Records from this time on: 2h (ago), today, yesterday, 2026-03-02, "
            + "'2026-03-02 07:55', 07:55. Without it, all." };
        Option<ExportFormat?> format = new("--format") { Description = "jsonl (one JSON object a line) or csv. Default: by the file's "
            + "ending, else jsonl." };
        Option<string> to = new("--to") { Description = "The file. Its proof is written beside it, as FILE.proof.", Required = true };
        Option<string?> journal = new("--journal") { Description = "Another journal, such as a copy. Default: journal.db in --data." };
        Option<bool> force = new("--force") { Description = "Overwrites an existing file." };
        Command command = new("export", """
            Writes records into a file, and beside it the proof that they are the door's.

            The proof is verified without dooragent, by the few lines in 'dooragent help evidence' (openssl and sqlite3). Signatures cover
            blocks of up to 1,000 records, so that an export begins with the block of the first record that was asked for. With the
            door's key (sudo) the newest records and the names are signed too.
            Exit code 1 when there is nothing to export.
            Example: sudo dooragent log export --since 2026-03-01 --to march.csv
            """) { since, format, to, journal, force };
        command.SetAction(result =>
        {
            Places places = CommonOptions.ShowPlaces(result);
            string file = result.GetValue(to)!;
            bool isForced = result.GetValue(force);
            OutputFile.EnsureNew(file, result, places, isForced);
            OutputFile.EnsureNew(ExportProof.PathOf(file), result, places, isForced);
            string path = result.GetValue(journal) is { } named ? Path.GetFullPath(named) : places.JournalFile;
            DateTimeOffset? from = result.GetValue(since) is { } text ? Moment.Parse(text, TimeProvider.System, isEnd: false) : null;
            ExportFormat form = result.GetValue(format)
                ?? (file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? ExportFormat.Csv : ExportFormat.Jsonl);
            JournalExport export = new(path, KeyPlaces.Find(places.Data), TimeProvider.System);
            return Show(file, Written(file, () => WorkProgress.ShowShare("writing", "the records",
                progress => export.Run(file, form, from, upTo: null, progress))));
        });
        return command;
    }

    private static ExportedRecords Written(string file, Func<ExportedRecords> write)
    {
        try
        {
            return write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{file} cannot be written: {failure.Message} Name another file, or free the disk.", failure);
        }
    }

    private static int Show(string file, ExportedRecords done)
    {
        if (done.Left > 0)
            Console.WriteLine($"The newest {Number(done.Left)} records are left out: no checkpoint signs them yet, and the door's key is "
                + "not here. Run the command with sudo to have them too.");
        if (done.Records == 0)
        {
            Console.WriteLine("No record is of that time.");
            return 1;
        }

        Console.WriteLine($"{file}: {Number(done.Records)} records, {Number(done.First)} to {Number(done.Last)}.");
        Console.WriteLine(done.IsProven
            ? $"{ExportProof.PathOf(file)}: its proof. 'dooragent help evidence' shows how to verify it without dooragent."
            : "There is no proof: the journal has no chain yet. It begins when the door has a key ('sudo dooragent key create').");
        return 0;
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
