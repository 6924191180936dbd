using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Badges;

/// <summary>
/// A Wiegand reader on two lines. One request covers D0 and D1, so that the kernel orders their edges. A frame ends with a silence,
/// measured between the edges' timestamps, or when it has more bits or takes longer than any valid frame. A keypad sends each key as
/// a short frame of its own.
/// </summary>
internal sealed class WiegandReader : IBadgeReader
{
    /// <summary>The minimum time between two bits; edges that are closer together are noise.</summary>
    public static readonly TimeSpan GlitchGap = TimeSpan.FromMicroseconds(100);

    /// <summary>The maximum number of bits in a frame; every layout has fewer.</summary>
    public const int MaxBits = 64;

    /// <summary>The minimum number of bits in a frame; fewer are stray edges.</summary>
    public const int MinBits = 4;

    /// <summary>The maximum duration of a frame, more than <see cref="MaxBits"/> bits take at <see cref="LongestInterval"/>.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause that a reader may make between two bits of a frame.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(20);

    private readonly IInputLines _lines;
    private readonly WiegandDecoder _decoder;
    private readonly KeypadLayout? _keypad;
    private readonly TimeSpan _endGap;
    private readonly int _d0;
    private readonly int _d1;
    private readonly ITimer _silence;
    private readonly Lock _gate = new();
    private readonly Task _listening;

    private UInt128 _bits;
    private int _count;
    private bool _isNoisy;
    private TimeSpan _firstEdge;
    private TimeSpan _lastEdge = TimeSpan.MinValue;
    private bool _isReceiving;
    private bool _isOverlong;
    private (long D0, long D1) _pulses;

    /// <summary>Requests the lines.</summary>
    /// <param name="lines">The chip.</param>
    /// <param name="d0">Number of the line of D0.</param>
    /// <param name="d1">Number of the line of D1.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="use">What the lines are for, as tools that list the chip's lines show it.</param>
    /// <exception cref="IOException">A line is not available.</exception>
    public WiegandReader(IGpioLines lines, int d0, int d1, BadgeOptions options, TimeProvider time, string use = "badge reader")
    {
        (_decoder, _keypad, _endGap, _d0, _d1) = (new WiegandDecoder(options.Layouts), options.KeypadLayout, options.EndGap, d0, d1);
        IsSimulated = lines.IsSimulated;
        Description = $"Wiegand reader on lines {d0} and {d1} ({string.Join(", ", options.Layouts.Select(f => f.Name))}"
            + $"{(_keypad is null ? "" : $", {_keypad.Name} keypad")})";
        _lines = lines.RequestInputs(new InputRequest(use, [d0, d1], LineEdges.ToActive, LineBias.PullUp, ActiveLow: true));
        _silence = time.CreateTimer(_ => EndBySilence(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _listening = ListenAsync();
    }

    public string Description { get; }

    public bool IsSimulated { get; }

    public bool IsListening => _lines.IsListening && !_listening.IsCompleted;

    public Mailbox<BadgeRead> Reads { get; } = new(capacity: 16);

    /// <summary>The number of pulses received on each line.</summary>
    public (long D0, long D1) Pulses
    {
        get
        {
            lock (_gate)
                return _pulses;
        }
    }

    /// <summary>Which lines are low now; both are high at rest.</summary>
    /// <exception cref="IOException">The GPIO chip does not report the levels.</exception>
    public (bool D0, bool D1) AreLow => (_lines.IsActive(_d0), _lines.IsActive(_d1));

    public void Dispose()
    {
        _lines.Dispose();
        _silence.Dispose();
        Reads.Close();
    }

    private async Task ListenAsync()
    {
        try
        {
            await foreach (LineEdge edge in _lines.Edges.ReadAllAsync())
            {
                lock (_gate)
                    AddEdgeNeedsLock(edge);
            }
        }
        finally
        {
            // The lines are lost or released, or this loop failed: nothing is read any longer, and the door must notice.
            Reads.Close();
        }
    }

    private void AddEdgeNeedsLock(LineEdge edge)
    {
        // The timer may fire late; the edges' timestamps are exact.
        if (_isReceiving && IsOverNeedsLock(edge.At - _lastEdge))
            EndNeedsLock();
        bool isTooClose = _isReceiving && edge.At - _lastEdge < GlitchGap;
        if (!_isReceiving)
        {
            // Bits that follow an overlong frame without a silence are its rest, never a badge.
            _isOverlong = _isOverlong && edge.At - _lastEdge < _endGap;
            (_isReceiving, _isNoisy, _firstEdge) = (true, _isOverlong, edge.At);
        }

        _pulses = edge.Line == _d1 ? (_pulses.D0, _pulses.D1 + 1) : (_pulses.D0 + 1, _pulses.D1);
        _isNoisy |= isTooClose || edge.LostBefore > 0;
        _lastEdge = edge.At;
        if (!isTooClose)
        {
            if (edge.Line == _d1)
                _bits |= UInt128.One << _count;
            _count++;
        }

        if (_count > MaxBits || edge.At - _firstEdge > MaxDuration)
        {
            (_isNoisy, _isOverlong) = (true, true);
            EndNeedsLock();
            return;
        }

        _silence.Change(_endGap, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether a silence ends the frame. The gap between buffered keys is shorter than the one that ends a badge, and longer than
    /// the one between two bits.</summary>
    private bool IsOverNeedsLock(TimeSpan silence) => silence >= _endGap || (_count == _keypad?.Bits && silence > LongestInterval);

    private void EndBySilence()
    {
        lock (_gate)
        {
            if (!_isReceiving)
                return;
            // A busy machine may run this timer before the queued edges; then their timestamps decide whether there was a silence.
            if (_lines.Edges.IsIdle)
                EndNeedsLock();
            else
                _silence.Change(_endGap, Timeout.InfiniteTimeSpan);
        }
    }

    private void EndNeedsLock()
    {
        Reads.Post(ReadNeedsLock());
        (_bits, _count, _isNoisy, _isReceiving) = (0, 0, false, false);
        _silence.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private BadgeRead ReadNeedsLock()
    {
        if (_isNoisy || _count < MinBits)
            return new BadgeRead(null, ReadFault.Noise, _lastEdge, _count);
        if (_count == _keypad?.Bits)
        {
            KeypadKey? key = _keypad.Decode(_bits);
            return new BadgeRead(null, key is null ? ReadFault.NoKey : ReadFault.None, _lastEdge, _count) { Key = key };
        }

        Badge? badge = _decoder.Decode(_bits, _count, out ReadFault fault);
        return new BadgeRead(badge, fault, _lastEdge, _count);
    }
}
