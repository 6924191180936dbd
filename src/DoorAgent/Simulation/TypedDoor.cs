namespace DoorAgent.Simulation;

/// <summary>A simulated door in real time whose badges, keys, door leaf and exit button are typed, in the words of a scenario.</summary>
internal static class TypedDoor
{
    private const string Help = "badge FORMAT:FACILITY:CARD, bits 0110..., keys 4711#, door open, door close, door bounce 3, exit press, glitch 5";

    /// <summary>Does what is typed until the input ends.</summary>
    public static async Task ListenAsync(TextReader hands, DoorScene scene, Serilog.ILogger log)
    {
        while (await hands.ReadLineAsync() is { } text)
        {
            ScenarioLine line = new(text, []);
            if (line.IsEmpty)
                continue;
            try
            {
                if (!scene.Do(StepSyntax.Read(line)))
                    log.Warning("That cannot be typed here. What can: {Words}", Help);
            }
            catch (Exception refused) when (refused is ScenarioSyntaxException or UserErrorException or FormatException)
            {
                log.Warning("{Why} What can be typed: {Words}", refused.Message, Help);
            }
        }
    }
}
