namespace DoorAgent.Auditing;

/// <summary>The chain keys of a journal's records, as far as this process has them. One thread at a time.</summary>
/// <param name="keys">From which record on which chain key holds, the first first; null for a key that is not here.</param>
internal sealed class ChainKeys(IEnumerable<(long Since, byte[]? Key)> keys) : IDisposable
{
    private readonly (long Since, RecordMac? Macs)[] _all = [.. keys.Select(one => (one.Since, one.Key is null ? null : new RecordMac(one.Key)))];

    /// <summary>The first record of the chain; the largest number where there is no chain.</summary>
    public long First => _all.Length == 0 ? long.MaxValue : _all[0].Since;

    /// <summary>Returns the macs under which a record is chained; null where the key is not here, or the record is older than the
    /// chain.</summary>
    public RecordMac? Of(long sequence)
    {
        for (int i = _all.Length - 1; i >= 0; i--)
        {
            if (_all[i].Since <= sequence)
                return _all[i].Macs;
        }

        return null;
    }

    /// <summary>Returns the macs of a name: those of the record that has the name first. The first key holds for names from before the
    /// chain.</summary>
    public RecordMac? OfName(long since) => _all.Length == 0 ? null : Of(Math.Max(since, First));

    public void Dispose()
    {
        foreach ((_, RecordMac? macs) in _all)
            macs?.Dispose();
    }
}
