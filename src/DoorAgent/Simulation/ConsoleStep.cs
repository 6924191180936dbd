using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Simulation;

/// <summary>A step of a scenario that people can type at a simulated door.</summary>
/// <param name="Example">As it is typed.</param>
/// <param name="Means">What it does.</param>
internal sealed record ConsoleStep(string Example, string Means)
{
    private const int WidthOfExamples = 24;

    /// <summary>The first words of all of them, whatever a door has.</summary>
    public static readonly string[] Kinds = ["badge", "door", "exit", "keys", "bits", "glitch"];

    /// <summary>Those that a door with this wiring and this reader understands.</summary>
    public static IReadOnlyList<ConsoleStep> Of(HardwareOptions pins, KeypadLayout? keypad)
    {
        List<ConsoleStep> steps = [new("badge H10301:123:4567", "that badge is held to the reader")];
        if (pins.ContactLine is not null)
        {
            steps.Add(new("door open", "somebody opens the door"));
            steps.Add(new("door close", "and closes it"));
            steps.Add(new("door bounce 3", "its contact bounces three times"));
        }

        if (pins.Exit is not null)
            steps.Add(new("exit press", "the exit button is pressed; 'exit press 2' for two seconds"));
        if (keypad is not null)
            steps.Add(new("keys 4711#", "keys of the reader's keypad are pressed"));
        steps.Add(new("bits 10110", "the reader sends these bits"));
        steps.Add(new("glitch 5", "five stray signals on the reader's wires"));
        return steps;
    }

    /// <summary>One line of help.</summary>
    public override string ToString() => $"  {Example.PadRight(WidthOfExamples)}{Means}";
}
