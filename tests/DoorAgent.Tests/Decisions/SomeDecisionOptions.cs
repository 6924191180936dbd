using DoorAgent.Decisions;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Tests.Decisions;

/// <summary>Settings of the decisions that a test changes, and what a start says of them.</summary>
internal static class SomeDecisionOptions
{
    public static IReadOnlyList<string> Errors(Action<object> set)
    {
        DecisionOptions options = new();
        set(options);
        return OptionErrors.Of(options);
    }

    public static Action<object> Set(Action<DecisionOptions> set) => options => set((DecisionOptions)options);

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
