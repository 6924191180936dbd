using SharpFuzz;

namespace DoorAgent.Fuzz;

/// <summary>Rewrites a copy of our code so that AFL++ sees which branches an input takes.</summary>
internal static class Instrumentation
{
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
