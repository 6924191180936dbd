namespace DoorAgent.Hardware.Badges;

/// <summary>A reader that writes each badge as a line of text.</summary>
/// <param name="source">Where the text comes from; owned from now on.</param>
/// <param name="format">How it writes a number.</param>
/// <param name="time">The clock.</param>
internal sealed class TextReaderDevice(ITextSource source, TextFormat format, TimeProvider time) : IReaderDevice
{
    /// <summary>A line that pauses for so long does not go on: no number is joined from two halves.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Of what is no number, one in so long is told: each is a record, and a line can bring thousands a second.</summary>
    public static readonly TimeSpan FaultInterval = TimeSpan.FromSeconds(1);

    private readonly byte[] _bytes = new byte[64];
    private readonly TextLines _lines = new();
    private Task<int>? _reading;
    private int _next;
    private int _count;
    private TimeSpan? _lastFault;

    public async ValueTask<BadgeRead> NextAsync(CancellationToken stopping)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            if ((_next < _count ? _lines.Append(_bytes[_next++]) : await ReadAsync(stopping)) is { } line && ToRead(line) is { } read)
                return read;
        }
    }

    public void Dispose()
    {
        source.Dispose();
        // It ends with its source, and nobody asks it any more how.
        _reading?.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Reads bytes.</summary>
    /// <returns>Null; where a line paused for too long, what became of it.</returns>
    private async Task<TextLine?> ReadAsync(CancellationToken stopping)
    {
        _reading ??= source.ReadAsync(_bytes);
        try
        {
            _count = await _reading.WaitAsync(_lines.IsBegun ? LongestPause : Timeout.InfiniteTimeSpan, time, stopping);
        }
        catch (TimeoutException)
        {
            return _lines.Interrupt();
        }

        (_reading, _next) = (null, 0);
        return _count > 0 ? null : throw new IOException("it is unplugged");
    }

    private BadgeRead? ToRead(TextLine line)
    {
        TimeSpan now = time.Monotonic();
        ReadFault fault = line.Fault == ReadFault.None && line.IsFramed && TextChecksum.IsWrong(line.Text) ? ReadFault.Checksum : line.Fault;
        Badge? badge = fault == ReadFault.None ? format.Read(line.Text) : null;
        if (badge is null && now - _lastFault < FaultInterval)
            return null;
        if (badge is not null)
            return new BadgeRead(badge, ReadFault.None, now, line.Length);
        _lastFault = now;
        return new BadgeRead(null, fault == ReadFault.None ? ReadFault.NotANumber : fault, now, line.Length);
    }
}
