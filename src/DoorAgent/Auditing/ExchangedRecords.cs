using System.Globalization;
using System.Text;

namespace DoorAgent.Auditing;

/// <summary>Finds out which of the records that do not continue the one before have each other's content: then either one, with the other's
/// number, fits the place of the other.</summary>
internal static class ExchangedRecords
{
    /// <summary>The largest number of records that are compared with each other.</summary>
    private const int Most = 400;

    /// <summary>Returns the findings with exchanges in place of the changes that they explain.</summary>
    public static IReadOnlyList<ProofFinding> In(IReadOnlyList<ProofFinding> findings, IReadOnlyList<SuspectRecord> suspects, ChainKeys keys)
    {
        List<SuspectRecord> left = [.. suspects.OrderBy(one => one.Sequence).Take(Most)];
        List<ProofFinding> exchanges = [];
        HashSet<long> explained = [];
        for (int i = 0; i < left.Count; i++)
        {
            for (int k = i + 1; k < left.Count; k++)
            {
                if (explained.Contains(left[i].Sequence) || explained.Contains(left[k].Sequence)
                    || TrueMacs(left[i], left[k], keys) is not { } macs)
                    continue;
                exchanges.Add(new ProofFinding(ProofFault.Exchanged, left[i].Sequence, left[k].Sequence));
                explained.UnionWith([left[i].Sequence, left[k].Sequence]);
                // The records after them were suspect only because the macs before them had moved.
                explained.UnionWith(left.Where(one => Fits(keys, one.Sequence, macs.First, one.Line, one.Mac)
                    || Fits(keys, one.Sequence, macs.Second, one.Line, one.Mac)).Select(one => one.Sequence));
            }
        }

        return [.. findings.SelectMany(finding => finding.Fault == ProofFault.Changed ? Rest(finding, explained) : [finding]), .. exchanges];
    }

    /// <summary>Returns the true macs of two places whose records were exchanged, with their macs or without; null for other
    /// records.</summary>
    private static (byte[] First, byte[] Second)? TrueMacs(SuspectRecord first, SuspectRecord second, ChainKeys keys)
    {
        foreach ((byte[] atFirst, byte[] atSecond) in new[] { (first.Mac, second.Mac), (second.Mac, first.Mac) })
        {
            byte[] before = second.Sequence == first.Sequence + 1 ? atFirst : second.Before;
            if (Fits(keys, first.Sequence, first.Before, Numbered(second.Line, first.Sequence), atFirst)
                && Fits(keys, second.Sequence, before, Numbered(first.Line, second.Sequence), atSecond))
                return (atFirst, atSecond);
        }

        return null;
    }

    private static bool Fits(ChainKeys keys, long sequence, byte[] before, byte[] line, byte[] mac)
    {
        if (keys.Of(sequence) is not { } macs)
            return false;
        byte[] expected = new byte[RecordMac.Length];
        macs.Of(before, line, expected);
        return mac.AsSpan().SequenceEqual(expected);
    }

    private static byte[] Numbered(byte[] line, long sequence) => [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{{\"{CanonicalRecord.Fields[0]}\":{sequence}")), .. line.AsSpan(line.AsSpan().IndexOf((byte)','))];

    /// <summary>Returns the parts of a changed range that no exchange explains.</summary>
    private static IEnumerable<ProofFinding> Rest(ProofFinding finding, HashSet<long> explained)
    {
        long first = finding.First;
        foreach (long at in explained.Where(at => at >= finding.First && at <= finding.Last).Order())
        {
            if (at > first)
                yield return finding with { First = first, Last = at - 1 };
            first = at + 1;
        }

        if (first <= finding.Last)
            yield return finding with { First = first };
    }
}
