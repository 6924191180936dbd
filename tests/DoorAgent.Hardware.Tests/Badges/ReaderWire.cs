using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Gpio;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Badges;

/// <summary>Simulates a reader at the two lines of a <see cref="WiegandReader"/>.</summary>
internal sealed class ReaderWire : IDisposable
{
    public const int D0 = 17;
    public const int D1 = 18;

    private static readonly TimeSpan Pulse = TimeSpan.FromMicroseconds(50);

    public ReaderWire(params string[] formats)
        : this(TimeSpan.FromMilliseconds(30), formats)
    {
    }

    public ReaderWire(TimeSpan endGap, params string[] formats)
        : this(new BadgeOptions { Formats = formats, EndGap = endGap })
    {
    }

    public ReaderWire(BadgeOptions options)
    {
        Lines = new SimulatedGpioLines(Time, 28);
        Reader = new WiegandReader(Lines, D0, D1, options, Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public SimulatedGpioLines Lines { get; }

    public WiegandReader Reader { get; }

    /// <summary>The monotonic time at which the last bit's pulse began.</summary>
    public TimeSpan LastEdge { get; private set; }

    /// <summary>Sends one bit each <paramref name="interval"/>, 2 ms by default.</summary>
    public async Task SendAsync(string bits, TimeSpan? interval = null)
    {
        foreach (char bit in bits)
        {
            int line = bit == '1' ? D1 : D0;
            LastEdge = Time.Monotonic();
            Lines.Drive(line, high: false);
            await Lines.WhenIdleAsync();
            Time.Advance(Pulse);
            Lines.Drive(line, high: true);
            Time.Advance((interval ?? TimeSpan.FromMilliseconds(2)) - Pulse);
        }
    }

    public void Silence(double milliseconds = 40) => Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Disposes the reader and returns its unread signals.</summary>
    public async Task<List<BadgeRead>> ReadsAsync()
    {
        Reader.Dispose();
        List<BadgeRead> reads = [];
        await foreach (BadgeRead read in Reader.Reads.ReadAllAsync(TestContext.Current.CancellationToken))
            reads.Add(read);
        return reads;
    }

    public void Dispose()
    {
        Reader.Dispose();
        Lines.Dispose();
    }
}
