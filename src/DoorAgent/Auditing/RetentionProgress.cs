using System.Globalization;

namespace DoorAgent.Auditing;

/// <summary>How far a running door has come in removing old records.</summary>
internal sealed class RetentionProgress
{
    private long _first, _last, _records;

    /// <summary>Whether records are to be removed.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>The last record that is to be removed.</summary>
    public long UpTo { get; private set; }

    /// <summary>The file that they were archived in; null where they were not archived.</summary>
    public string? Archive { get; private set; }

    public void Begin(long upTo, string? archive) => (IsUnderWay, UpTo, Archive) = (true, upTo, archive);

    /// <summary>Notes a block that was removed.</summary>
    public void Note(RemovedSegment block)
    {
        _first = _records == 0 ? block.First : _first;
        (_last, _records) = (block.Last, _records + block.Records);
    }

    /// <summary>Ends, and returns what was removed in words; null for nothing.</summary>
    public string? End()
    {
        string? words = _records == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{_records:#,0} records, {_first} to {_last}, {(Archive is null ? "not archived" : $"archived in {Archive}")}");
        (IsUnderWay, _records) = (false, 0);
        return words;
    }
}
