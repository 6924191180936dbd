using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Simulation;

/// <summary>
/// Controls a simulated door from the console: badges, keys, door leaf and exit button are typed as steps of a scenario. Answers go to the
/// console and not to the log, which would redact an example of a badge number.
/// </summary>
internal static class DoorConsole
{
    public const string Invitation = "This door is simulated: type what happens at the door; 'help' lists the commands.";

    private const string Help = "help";

    /// <summary>Starts to read the console on a separate thread, because console reads block even where they should not.</summary>
    public static void Listen(SimulatedGpioLines lines, HardwareOptions hardware, BadgeOptions badges)
    {
        DoorScene scene = new(lines, hardware, badges.KeypadLayout, TimeProvider.System);
        if (!Console.IsInputRedirected)
            Console.Out.WriteLine(Invitation);
        _ = Task.Run(() => ListenAsync(Console.In, scene, Console.Out), CancellationToken.None);
    }

    /// <summary>Performs the typed steps until the input ends.</summary>
    public static async Task ListenAsync(TextReader input, DoorScene scene, TextWriter answers)
    {
        while (await input.ReadLineAsync() is { } text)
        {
            if (Perform(text, scene) is { } answer)
                await answers.WriteLineAsync(answer);
        }
    }

    /// <summary>Performs one line.</summary>
    /// <returns>The answer; null if the step was performed.</returns>
    private static string? Perform(string text, DoorScene scene)
    {
        try
        {
            ScenarioLine line = new(text, []);
            if (line.IsEmpty)
                return null;
            string kind = line.Choice("a command", [Help, .. ConsoleStep.Kinds]);
            StepAction? step = kind == Help ? null : StepSyntax.Read(kind, line);
            line.End();
            if (step is null)
                return HelpFor(scene);
            if (step is MoveDoor or BounceDoor && !scene.HasContact)
                return "This door has no contact (Hardware:Contact is none), so nothing notices whether the door is open.";
            scene.Do(step);
            return null;
        }
        catch (Exception refused) when (refused is ScenarioSyntaxException or UserErrorException or FormatException)
        {
            return $"{refused.Message} '{Help}' lists the commands.";
        }
    }

    private static string HelpFor(DoorScene scene) => string.Join(Environment.NewLine,
        ["Commands:", .. scene.Typed, new ConsoleStep(Help, "shows this list"), "Ctrl-C stops the door."]);
}
