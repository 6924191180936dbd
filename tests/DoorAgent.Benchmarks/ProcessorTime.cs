namespace DoorAgent.Benchmarks;

/// <summary>Compares the processor time of several calls, all threads of the process: other programs hardly change this time.</summary>
internal static class ProcessorTime
{
    private const int Rounds = 31;

    /// <summary>Measures calls in turns.</summary>
    /// <param name="inputs">The inputs; each call processes all of them in each round.</param>
    /// <param name="calls">What is compared.</param>
    /// <returns>The median time of each call for one input, in microseconds.</returns>
    public static double[] InTurns<T>(IReadOnlyList<T> inputs, IReadOnlyList<Action<T>> calls)
    {
        double[][] times = [.. calls.Select(_ => new double[Rounds])];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < calls.Count; i++)
                times[i][round] = Of(inputs, calls[i]);
        }

        foreach (double[] one in times)
            Array.Sort(one);
        return [.. times.Select(one => one[Rounds / 2])];
    }

    private static double Of<T>(IReadOnlyList<T> inputs, Action<T> call)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        foreach (T input in inputs)
            call(input);
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / inputs.Count;
    }
}
