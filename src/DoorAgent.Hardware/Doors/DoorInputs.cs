using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Doors;

/// <summary>
/// Reads door contact and exit button from lines. A change counts after the line has been quiet for the debounce time, and only
/// the level then matters: bounces cannot invert the state.
/// </summary>
internal sealed class DoorInputs : IDoorInputs
{
    private readonly List<DebouncedLine> _inputs = [];

    /// <param name="lines">The chip.</param>
    /// <param name="options">Lines and levels.</param>
    /// <param name="debounce">Quiet time after which a level counts.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">A line cannot be requested.</exception>
    public DoorInputs(IGpioLines lines, HardwareOptions options, TimeSpan debounce, TimeProvider time)
    {
        IsSimulated = lines.IsSimulated;
        try
        {
            if (options.ContactLine is { } contact)
                Watch(DoorInput.Contact, contact, options.ContactOpenIsLow);
            if (options.Exit is { } exit)
                Watch(DoorInput.ExitButton, exit, activeLow: true);
        }
        catch (IOException)
        {
            // The first line must not stay held when the second cannot be requested.
            Dispose();
            throw;
        }

        void Watch(DoorInput input, int line, bool activeLow) =>
            _inputs.Add(new DebouncedLine(this, input, line, lines, activeLow, debounce, time));
    }

    public bool IsSimulated { get; }

    public bool? IsDoorOpen => LevelOf(DoorInput.Contact);

    public bool? IsExitPressed => LevelOf(DoorInput.ExitButton);

    public bool IsListening => _inputs.TrueForAll(line => line.IsListening);

    public Mailbox<DoorInputChange> Changes { get; } = new(capacity: 256);

    public void Dispose()
    {
        foreach (DebouncedLine line in _inputs)
            line.Dispose();
        Changes.Close();
    }

    private bool? LevelOf(DoorInput input) => _inputs.FirstOrDefault(line => line.Input == input)?.IsActive;

    private sealed class DebouncedLine : IDisposable
    {
        private readonly DoorInputs _owner;
        private readonly int _line;
        private readonly IInputLines _lines;
        private readonly TimeSpan _debounce;
        private readonly TimeProvider _time;
        private readonly ITimer _quiet;
        private readonly Lock _gate = new();
        private readonly Task _listening;
        private bool _isActive;
        private bool _isDisposed;

        public DebouncedLine(
            DoorInputs owner, DoorInput input, int line, IGpioLines lines, bool activeLow, TimeSpan debounce, TimeProvider time)
        {
            (_owner, Input, _line, _debounce, _time) = (owner, input, line, debounce, time);
            _lines = lines.RequestInputs(new InputRequest(
                input == DoorInput.Contact ? "door contact" : "exit button", [line], LineEdges.Both, LineBias.PullUp, activeLow));
            _quiet = time.CreateTimer(_ => Settle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _isActive = _lines.IsActive(line);
            _listening = ListenAsync();
        }

        public DoorInput Input { get; }

        public bool IsListening => _lines.IsListening && !_listening.IsCompleted;

        public bool IsActive
        {
            get
            {
                lock (_gate)
                    return _isActive;
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _isDisposed = true;
                _quiet.Dispose();
                _lines.Dispose();
            }
        }

        private async Task ListenAsync()
        {
            try
            {
                await foreach (LineEdge _ in _lines.Edges.ReadAllAsync())
                    _quiet.Change(_debounce, Timeout.InfiniteTimeSpan);
            }
            finally
            {
                // The line is gone or released, or this loop failed: no more changes are read, and the door must notice that.
                _owner.Changes.Close();
            }
        }

        /// <summary>Reads the level; null when the chip refuses, which ends this device.</summary>
        private bool? Level()
        {
            try
            {
                return _lines.IsActive(_line);
            }
            catch (IOException)
            {
                _owner.Changes.Close();
                return null;
            }
        }

        private void Settle()
        {
            lock (_gate)
            {
                if (_isDisposed || Level() is not { } level || level == _isActive)
                    return;
                _isActive = level;
                _owner.Changes.Post(new DoorInputChange(Input, _isActive, _time.Monotonic()));
            }
        }
    }
}
