using System.Diagnostics;

namespace DoorAgent.Benchmarks;

/// <summary>The duration of one call.</summary>
/// <param name="Median">Microseconds.</param>
/// <param name="P95">Microseconds; 95 of 100 calls are faster.</param>
/// <param name="Bytes">Allocated by one call on its own thread.</param>
internal sealed record Timing(double Median, double P95, long Bytes)
{
    private const int Rounds = 9;

    private static readonly TimeSpan Warm = TimeSpan.FromMilliseconds(400);

    /// <summary>Times our code and OpenCV's in turns, so that other work of the machine affects both equally.</summary>
    public static (Timing Ours, Timing? Theirs) Compare<T>(IReadOnlyList<T> inputs, Action<T> ours, Action<T>? theirs)
    {
        Samples<T> own = new(inputs, ours);
        Samples<T>? other = theirs is null ? null : new Samples<T>(inputs, theirs);
        for (int round = 0; round < Rounds; round++)
        {
            own.Take();
            other?.Take();
        }

        return (own.Result(), other?.Result());
    }

    private sealed class Samples<T>
    {
        private readonly IReadOnlyList<T> _inputs;
        private readonly Action<T> _run;
        private readonly int _burst;
        private readonly double[] _times;
        private int _taken;
        private long _bytes;

        public Samples(IReadOnlyList<T> inputs, Action<T> run)
        {
            (_inputs, _run, _times) = (inputs, run, new double[Rounds * inputs.Count]);
            // The time suffices for the last compilation. A sample contains many calls if one call is shorter than a tick of the clock.
            long start = Stopwatch.GetTimestamp();
            int calls = 0;
            for (; calls < inputs.Count || Stopwatch.GetElapsedTime(start) < Warm; calls++)
                run(inputs[calls % inputs.Count]);
            _burst = 1 + (int)(20 / (Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls));
        }

        public void Take()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < _inputs.Count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int call = 0; call < _burst; call++)
                    _run(_inputs[i]);
                _times[_taken++] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / _burst;
            }

            _bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public Timing Result()
        {
            Array.Sort(_times);
            return new Timing(_times[_times.Length / 2], _times[_times.Length * 95 / 100], _bytes / _times.Length / _burst);
        }
    }
}
