namespace DoorAgent.Hardware.Gpio;

/// <summary>A change of a line's physical level.</summary>
/// <param name="At">Monotonic time.</param>
/// <param name="Line">Which line.</param>
/// <param name="IsHigh">Its level from then on.</param>
internal readonly record struct LevelChange(TimeSpan At, int Line, bool IsHigh);

/// <summary>
/// A GPIO chip without a board, for simulation and tests; stricter than a real one: a line is requested once, an output is
/// never read as an input, and nothing works after dispose. Nobody driving a line, its bias decides, and without bias it is
/// low, as the lines 9 to 27 of a Raspberry Pi are; so also when the process that held an output dies.
/// </summary>
internal sealed class SimulatedGpioLines(TimeProvider time, int count) : IGpioLines
{
    /// <summary>So many changes are kept: some ten badges' worth.</summary>
    public const int Kept = 1000;

    private readonly Lock _gate = new();
    private readonly SimulatedLine[] _lines = [.. Enumerable.Range(0, count).Select(_ => new SimulatedLine())];
    private readonly Queue<LevelChange> _timeline = new();
    private bool _isDisposed;

    public bool IsSimulated => true;

    /// <summary>Raised for each change of a line's level, on the thread that made it.</summary>
    public event Action<LevelChange>? Changed;

    /// <summary>The last <see cref="Kept"/> changes of level, in order: a simulated door may run for months.</summary>
    public IReadOnlyList<LevelChange> Timeline
    {
        get
        {
            lock (_gate)
                return [.. _timeline];
        }
    }

    public IOutputLine RequestOutput(string consumer, int line, bool activeLow, bool isActive)
    {
        SimulatedOutput output = new(this, line, activeLow);
        Take(consumer, [line], output, LineBias.AsIs);
        Change(line, l => l.Driven = isActive != activeLow);
        return output;
    }

    public IInputLines RequestInputs(InputRequest request)
    {
        SimulatedInputs inputs = new(this, request);
        Take(request.Consumer, request.Lines, inputs, request.Bias);
        return inputs;
    }

    /// <summary>Drives a line from outside, as a reader's or a contact's electronics do.</summary>
    /// <exception cref="InvalidOperationException">The program drives that line: on a board this would be a short circuit.</exception>
    public void Drive(int line, bool high) => Drive(line, high, time.Monotonic());

    /// <summary>The same, with the time of the edge: electronics do not wait for a busy processor.</summary>
    public void Drive(int line, bool high, TimeSpan at)
    {
        if (At(line).Holder is SimulatedOutput)
            throw new InvalidOperationException($"Line {line} is an output of {At(line).Consumer}; driving it from outside is a short circuit.");
        Change(line, l => l.Driven = high, at);
    }

    /// <summary>The physical level of a line, as a meter on the board would show it.</summary>
    public bool IsHigh(int line) => At(line).IsHigh;

    /// <summary>From now on (or no more) the system refuses to set this output.</summary>
    public void FailOutput(int line, bool fails) => At(line).Fails = fails;

    /// <summary>The process that held the lines died: every request ends, no output is driven any more, and what is left of
    /// that process finds no device.</summary>
    public void ReleaseAll()
    {
        foreach (SimulatedOutput output in _lines.Select(line => line.Holder).OfType<SimulatedOutput>().ToArray())
            output.Lose();
        foreach (SimulatedInputs inputs in _lines.Select(line => line.Holder).OfType<SimulatedInputs>().Distinct().ToArray())
            inputs.Dispose();
    }

    /// <summary>Completes when all edges have been taken and processed.</summary>
    public Task WhenIdleAsync() =>
        Task.WhenAll(_lines.Select(line => line.Holder).OfType<SimulatedInputs>().Distinct().Select(inputs => inputs.Edges.WhenIdleAsync()));

    public void Dispose()
    {
        ReleaseAll();
        _isDisposed = true;
    }

    internal void Set(int line, bool high)
    {
        if (At(line).Fails)
            throw new IOException($"Line {line} could not be set: input/output error (simulated).");
        Change(line, l => l.Driven = high);
    }

    internal void Release(IReadOnlyList<int> lines, bool wasOutput)
    {
        foreach (int line in lines)
        {
            if (wasOutput)
                Change(line, l => l.Driven = null);
            (_lines[line].Holder, _lines[line].Consumer, _lines[line].Bias) = (null, null, LineBias.AsIs);
        }
    }

    private void Take(string consumer, IReadOnlyList<int> lines, object holder, LineBias bias)
    {
        if (lines.Distinct().Count() != lines.Count)
            throw new IOException($"{consumer} asks for a line twice: {string.Join(", ", lines)}. Give each use a line of its own.");
        foreach (int line in lines)
        {
            if (At(line).Holder is not null)
                throw new IOException($"Line {line} is held by {At(line).Consumer} already; {consumer} cannot have it. Give each use a line of its own.");
        }

        foreach (int line in lines)
            (_lines[line].Holder, _lines[line].Consumer, _lines[line].Bias) = (holder, consumer, bias);
    }

    private SimulatedLine At(int line)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (line < 0 || line >= _lines.Length)
            throw new IOException($"There is no line {line}; this chip has lines 0 to {_lines.Length - 1}.");
        return _lines[line];
    }

    private void Change(int line, Action<SimulatedLine> change) => Change(line, change, time.Monotonic());

    private void Change(int line, Action<SimulatedLine> change, TimeSpan at)
    {
        LevelChange? made = null;
        SimulatedLine it = At(line);
        lock (_gate)
        {
            bool before = it.IsHigh;
            change(it);
            if (it.IsHigh != before)
            {
                made = new LevelChange(at, line, it.IsHigh);
                if (_timeline.Count == Kept)
                    _timeline.Dequeue();
                _timeline.Enqueue(made.Value);
                (it.Holder as SimulatedInputs)?.Report(made.Value);
            }
        }

        if (made is { } happened)
            Changed?.Invoke(happened);
    }

    private sealed class SimulatedLine
    {
        public object? Holder { get; set; }

        public string? Consumer { get; set; }

        public LineBias Bias { get; set; }

        public bool? Driven { get; set; }

        public bool Fails { get; set; }

        public bool IsHigh => Driven ?? Bias == LineBias.PullUp;
    }
}
