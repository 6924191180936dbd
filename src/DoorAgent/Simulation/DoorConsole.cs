using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Simulation;

/// <summary>
/// A simulated door in real time whose badges, keys, door leaf and exit button are typed, in the words of a scenario. Answers go to the
/// one who types and not into the log: an example of a badge number would be redacted there.
/// </summary>
internal static class DoorConsole
{
    public const string Invitation = "This door is simulated: type what happens at it; 'help' lists what can be typed.";

    private const string Help = "help";

    /// <summary>Begins to listen to the console, on a thread of its own: reading a console blocks even where it says it does not.</summary>
    public static void Listen(SimulatedGpioLines lines, HardwareOptions hardware, BadgeOptions badges)
    {
        DoorScene scene = new(lines, hardware, badges.KeypadLayout, TimeProvider.System);
        if (!Console.IsInputRedirected)
            Console.Out.WriteLine(Invitation);
        _ = Task.Run(() => ListenAsync(Console.In, scene, Console.Out), CancellationToken.None);
    }

    /// <summary>Does what is typed until the input ends.</summary>
    public static async Task ListenAsync(TextReader hands, DoorScene scene, TextWriter answers)
    {
        while (await hands.ReadLineAsync() is { } text)
        {
            if (Take(text, scene) is { } answer)
                await answers.WriteLineAsync(answer);
        }
    }

    /// <summary>Does one line.</summary>
    /// <returns>What to answer; null when it is done.</returns>
    private static string? Take(string text, DoorScene scene)
    {
        try
        {
            ScenarioLine line = new(text, []);
            if (line.IsEmpty)
                return null;
            string kind = line.Choice("something to type", [Help, .. ConsoleStep.Kinds]);
            StepAction? step = kind == Help ? null : StepSyntax.Read(kind, line);
            line.End();
            if (step is null)
                return WordsOf(scene);
            if (step is MoveDoor or BounceDoor && !scene.HasContact)
                return "This door has no contact (Hardware:Contact is none), so that nothing notices whether it is open.";
            scene.Do(step);
            return null;
        }
        catch (Exception refused) when (refused is ScenarioSyntaxException or UserErrorException or FormatException)
        {
            return $"{refused.Message} '{Help}' lists what can be typed.";
        }
    }

    private static string WordsOf(DoorScene scene) => string.Join(Environment.NewLine,
        ["What can be typed:", .. scene.Typed, new ConsoleStep(Help, "this list"), "Ctrl-C stops the door."]);
}
