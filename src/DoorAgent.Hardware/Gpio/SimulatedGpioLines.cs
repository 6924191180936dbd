namespace DoorAgent.Hardware.Gpio;

/// <summary>A change of the physical level of a line.</summary>
/// <param name="At">Monotonic time.</param>
/// <param name="Line">Offset of the line on its chip.</param>
/// <param name="IsHigh">The level after the change.</param>
internal readonly record struct LevelChange(TimeSpan At, int Line, bool IsHigh);

/// <summary>
/// Simulates a GPIO chip for simulation and tests. Stricter than a real chip: a line can be requested only once, an output is
/// never read as an input, and every call after dispose throws. The bias determines the level of a line that nothing drives;
/// without bias the line is low, like lines 9 to 27 of a Raspberry Pi. That also applies after the process that held an output
/// dies.
/// </summary>
internal sealed class SimulatedGpioLines(TimeProvider time, int count) : IGpioLines
{
    /// <summary>The number of kept changes: enough for about ten badges.</summary>
    public const int Kept = 1000;

    private readonly Lock _gate = new();
    private readonly SimulatedLine[] _lines = [.. Enumerable.Range(0, count).Select(_ => new SimulatedLine())];
    private readonly Queue<LevelChange> _timeline = new();
    private bool _isDisposed;

    public bool IsSimulated => true;

    /// <summary>Raised for each change of a line's level, on the thread that made it.</summary>
    public event Action<LevelChange>? Changed;

    /// <summary>The last <see cref="Kept"/> changes of level, in order; bounded because a simulated door may run for months.</summary>
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
        Hold(consumer, [line], output, LineBias.AsIs);
        Change(line, l => l.Driven = isActive != activeLow);
        return output;
    }

    public IInputLines RequestInputs(InputRequest request)
    {
        SimulatedInputs inputs = new(this, request);
        Hold(request.Consumer, request.Lines, inputs, request.Bias);
        return inputs;
    }

    /// <summary>Drives a line from outside, as a reader's or a contact's electronics do.</summary>
    /// <exception cref="InvalidOperationException">The program drives that line, so that driving it from outside would be a short
    /// circuit on a board.</exception>
    public void Drive(int line, bool high) => Drive(line, high, time.Monotonic());

    /// <summary>Drives a line from outside with a given edge time: electronics do not wait for a busy processor.</summary>
    public void Drive(int line, bool high, TimeSpan at)
    {
        if (At(line).Holder is SimulatedOutput)
        {
            throw new InvalidOperationException(
                $"Line {line} is an output of {At(line).Consumer}; driving it from outside is a short circuit.");
        }

        Change(line, l => l.Driven = high, at);
    }

    /// <summary>The physical level of a line, as a meter on the board would show it.</summary>
    public bool IsHigh(int line) => At(line).IsHigh;

    /// <summary>Makes setting this output fail, or succeed again.</summary>
    public void FailOutput(int line, bool fails) => At(line).Fails = fails;

    /// <summary>Simulates the death of the process that holds the lines: every request ends, outputs are no longer driven, and
    /// later calls on the requests fail as for a removed device.</summary>
    public void ReleaseAll()
    {
        foreach (SimulatedOutput output in Holders<SimulatedOutput>())
            output.Lose();
        foreach (SimulatedInputs inputs in Holders<SimulatedInputs>())
            inputs.Dispose();
    }

    /// <summary>Completes when all edges have been read and processed.</summary>
    public Task WhenIdleAsync() =>
        Task.WhenAll(Holders<SimulatedInputs>().Select(inputs => inputs.Edges.WhenIdleAsync()));

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

    private void Hold(string consumer, IReadOnlyList<int> lines, object holder, LineBias bias)
    {
        if (lines.Distinct().Count() != lines.Count)
            throw new IOException($"{consumer} requests a line twice: {string.Join(", ", lines)}. Give each use a separate line.");
        foreach (int line in lines)
        {
            if (At(line).Holder is not null)
            {
                throw new IOException(
                    $"{consumer} cannot use line {line}: {At(line).Consumer} already holds it. Give each use a separate line.");
            }
        }

        foreach (int line in lines)
            (_lines[line].Holder, _lines[line].Consumer, _lines[line].Bias) = (holder, consumer, bias);
    }

    private T[] Holders<T>() => [.. _lines.Select(line => line.Holder).OfType<T>().Distinct()];

    private SimulatedLine At(int line)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (line < 0 || line >= _lines.Length)
            throw new IOException($"Line {line} does not exist; this chip has lines 0 to {_lines.Length - 1}.");
        return _lines[line];
    }

    private void Change(int line, Action<SimulatedLine> change) => Change(line, change, time.Monotonic());

    private void Change(int line, Action<SimulatedLine> change, TimeSpan at)
    {
        LevelChange? made = null;
        SimulatedLine changed = At(line);
        lock (_gate)
        {
            bool before = changed.IsHigh;
            change(changed);
            if (changed.IsHigh != before)
            {
                made = new LevelChange(at, line, changed.IsHigh);
                if (_timeline.Count == Kept)
                    _timeline.Dequeue();
                _timeline.Enqueue(made.Value);
                (changed.Holder as SimulatedInputs)?.Report(made.Value);
            }
        }

        if (made is { } raised)
            Changed?.Invoke(raised);
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
