using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Simulation;

/// <summary>A step of a scenario that can be typed at a simulated door.</summary>
/// <param name="Example">An example to type.</param>
/// <param name="Means">What the step does.</param>
internal sealed record ConsoleStep(string Example, string Means)
{
    private const int WidthOfExamples = 28;

    /// <summary>The first words of all steps, independent of the door's hardware.</summary>
    public static readonly string[] Kinds = ["badge", "door", "exit", "keys", "bits", "glitch"];

    /// <summary>Returns the steps for a door with this wiring and this reader.</summary>
    public static IReadOnlyList<ConsoleStep> Of(HardwareOptions pins, KeypadLayout? keypad)
    {
        List<ConsoleStep> steps = [new("badge H10301:123:4567", "holds that badge to the reader")];
        if (pins.ContactLine is not null)
        {
            steps.Add(new("door open", "opens the door"));
            steps.Add(new("door close", "closes the door"));
            steps.Add(new("door bounce 3", "makes the contact bounce three times"));
        }

        if (pins.Exit is not null)
            steps.Add(new("exit press", "presses the exit button; 'exit press 2' for two seconds"));
        if (pins.ExitD0 is not null)
            steps.Add(new("exit badge H10301:123:4567", "holds that badge to the exit reader"));
        if (keypad is not null)
            steps.Add(new("keys 4711#", "presses keys of the reader's keypad"));
        steps.Add(new("bits 10110", "sends these bits from the reader"));
        steps.Add(new("glitch 5", "sends five stray pulses on the reader's wires"));
        return steps;
    }

    /// <summary>Formats one line of help.</summary>
    public override string ToString() => $"  {Example.PadRight(WidthOfExamples)}{Means}";
}
