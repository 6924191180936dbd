using System.Runtime.InteropServices;
using SharpFuzz;
using SharpFuzz.Common;

namespace DoorAgent.Fuzz;

/// <summary>Rewrites a copy of our code so that AFL++ sees which branches an input takes.</summary>
internal static class Instrumentation
{
    // The size of AFL's map of branches.
    private const int MapBytes = 1 << 16;

    /// <summary>Gives instrumented code a map to write to until AFL's own is there: initializers run before the first input.</summary>
    public static unsafe void Prepare() => Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(MapBytes);

    /// <summary>Instruments an assembly in place. One that is instrumented already stays as it is.</summary>
    public static void Apply(string assembly)
    {
        try
        {
            Fuzzer.Instrument(assembly, _ => true, Options.Value);
        }
        catch (InstrumentationException)
        {
            // It is instrumented.
        }
    }
}
