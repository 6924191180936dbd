using System.Runtime.CompilerServices;
using DoorAgent.Storage;

namespace DoorAgent.Networks;

/// <summary>
/// ONNX Runtime reports home unless a variable forbids it: it keeps a machine id and a list of what ran in the user's cache, and looks its
/// host up every few seconds. A door has no cloud.
/// </summary>
internal static class RuntimeTelemetry
{
    /// <summary>The variable that the native library reads when its first session is made.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Turns it off before anything else of the program runs, in tests and benchmarks too; what the user set does not matter.</summary>
    [ModuleInitializer]
    internal static void TurnOff() => Libc.SetEnvironment(Variable, "1");
}
