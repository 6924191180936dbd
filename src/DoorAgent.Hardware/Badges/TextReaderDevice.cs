namespace DoorAgent.Hardware.Badges;

/// <summary>Reads a reader's text byte by byte.</summary>
internal interface ITextSource : IDisposable
{
    /// <summary>Waits for the next bytes. Only one caller may wait at a time; disposing the source ends the wait.</summary>
    /// <returns>Number of bytes read; 0 when the source is gone.</returns>
    /// <exception cref="IOException">The source is gone.</exception>
    Task<int> ReadAsync(Memory<byte> into);
}

/// <summary>A reader that writes each badge as a line of text.</summary>
/// <param name="source">The source of the text; the device disposes it.</param>
/// <param name="format">The format in which the reader writes numbers.</param>
/// <param name="time">The clock.</param>
internal sealed class TextReaderDevice(ITextSource source, TextFormat format, TimeProvider time) : IReaderDevice
{
    /// <summary>The pause after which an unfinished line is a fault, so that two halves are never joined into a number.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>The minimum time between two reported faults: each one is recorded, and a line can carry thousands a second.</summary>
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
            TextLine? line = _next < _count ? _lines.Append(_bytes[_next++]) : await ReadAsync(stopping);
            if (line is { } ended && ToRead(ended) is { } read)
                return read;
        }
    }

    public void Dispose()
    {
        source.Dispose();
        // A pending read fails with its source; its exception is observed here because nobody awaits it any longer.
        _reading?.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }

    /// <summary>Reads the next bytes into the buffer.</summary>
    /// <returns>The faulty line after a pause in the middle of a line; otherwise null.</returns>
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
        return _count > 0 ? null : throw new IOException("the device is unplugged");
    }

    private BadgeRead? ToRead(TextLine line)
    {
        TimeSpan now = time.Monotonic();
        bool isChecksumWrong = line.Fault == ReadFault.None && line.IsFramed && TextChecksum.IsWrong(line.Text);
        ReadFault fault = isChecksumWrong ? ReadFault.Checksum : line.Fault;
        Badge? badge = fault == ReadFault.None ? format.Read(line.Text) : null;
        if (badge is null && now - _lastFault < FaultInterval)
            return null;
        if (badge is not null)
            return new BadgeRead(badge, ReadFault.None, now, line.Length);
        _lastFault = now;
        return new BadgeRead(null, fault == ReadFault.None ? ReadFault.NotANumber : fault, now, line.Length);
    }
}
