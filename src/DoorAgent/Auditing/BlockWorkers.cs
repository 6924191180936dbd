using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>Verifies the blocks of a journal on all cores, each worker on a connection of its own.</summary>
/// <param name="path">The journal.</param>
/// <param name="journal">An open connection in a transaction.</param>
/// <param name="chain">From which record on which chain key holds; null for a key that is not here.</param>
internal sealed class BlockWorkers(string path, SqliteConnection journal, IReadOnlyList<(long Since, byte[]? Key)> chain)
{
    private const string Moment = "SELECT ifnull((SELECT max(last) FROM segment), 0)";

    /// <summary>Verifies the blocks.</summary>
    /// <returns>The number of records, and what does not agree.</returns>
    public (long Records, List<ProofFinding> Findings) Run(IReadOnlyList<RecordBlock> blocks, IProgress<double>? progress)
    {
        List<SqliteConnection> others = Others(Math.Min(Environment.ProcessorCount, blocks.Count) - 1);
        try
        {
            CheckedBlock[] checkedBlocks = new CheckedBlock[blocks.Count];
            int next = -1;
            Parallel.ForEach([journal, .. others], new ParallelOptions { MaxDegreeOfParallelism = others.Count + 1 }, connection =>
            {
                using BlockCheck check = new(connection, new ChainKeys(chain));
                while (Interlocked.Increment(ref next) is var at && at < blocks.Count)
                {
                    checkedBlocks[at] = check.Run(blocks[at]);
                    progress?.Report((at + 1.0) / blocks.Count);
                }
            });
            return (checkedBlocks.Sum(block => block.Records), Findings(blocks, checkedBlocks));
        }
        catch (AggregateException failure)
        {
            throw failure.InnerExceptions[0];
        }
        finally
        {
            others.ForEach(one => one.Dispose());
        }
    }

    private List<ProofFinding> Findings(IReadOnlyList<RecordBlock> blocks, CheckedBlock[] found)
    {
        using ChainKeys keys = new(chain);
        List<ProofFinding> findings =
            [.. ExchangedRecords.In(Joined(found.SelectMany(block => block.Findings)), [.. found.SelectMany(block => block.Suspects)], keys)];
        foreach ((RecordBlock block, CheckedBlock result) in blocks.Zip(found))
        {
            long first = block.After + 1, last = block.Last;
            if (block.Signed?.Reason == CheckpointReason.Unproven && chain.Any(key => key.Key is null))
                findings.Add(new ProofFinding(ProofFault.Unproven, first, last, "the door found them so at a start"));
            // Macs say more than a digest, where they can be checked.
            if (!result.IsSigned && !findings.Any(one => one.First <= last && one.Last >= first))
                findings.Add(new ProofFinding(ProofFault.Changed, first, last, "one of them or several: this block is not as it was signed"));
        }

        return findings;
    }

    /// <summary>Joins changes that go on from one block into the next.</summary>
    private static List<ProofFinding> Joined(IEnumerable<ProofFinding> findings)
    {
        List<ProofFinding> joined = [];
        foreach (ProofFinding one in findings)
        {
            bool isJoinable = one.Fault is ProofFault.Changed or ProofFault.Unproven or ProofFault.Missing;
            if (isJoinable && joined is [.., var last] && last.Fault == one.Fault && last.Last + 1 == one.First)
                joined[^1] = last with { Last = one.Last };
            else
                joined.Add(one);
        }

        return joined;
    }

    /// <summary>Opens further connections that see the same moment. On a medium where each connection would copy the journal, there are
    /// none.</summary>
    private List<SqliteConnection> Others(int count)
    {
        List<SqliteConnection> others = [];
        long moment = Sqlite.Number(journal, Moment);
        for (int i = 0; i < count && Libc.MayWrite(path) && Libc.MayWrite(Path.GetDirectoryName(Path.GetFullPath(path))!); i++)
        {
            SqliteConnection other = JournalFile.OpenToRead(path);
            Sqlite.Run(other, "BEGIN");
            // The door removed records in between: this connection would miss them.
            if (Sqlite.Number(other, Moment) != moment)
            {
                other.Dispose();
                break;
            }

            others.Add(other);
        }

        return others;
    }
}
