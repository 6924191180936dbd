using DoorAgent.Galleries;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Asks for a PIN without showing it: twice on a terminal, one line where the input is a pipe or a file.</summary>
internal static class PinPrompt
{
    /// <exception cref="UserErrorException">What was typed is no PIN, or twice not the same.</exception>
    public static Pin Ask(string what)
    {
        if (Console.IsInputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return Pin.Parse(Console.In.ReadLine()?.Trim() ?? "");
        Pin pin = Pin.Parse(Hidden($"{what}: "));
        return Hidden("The same again: ") == pin.Digits ? pin : throw new UserErrorException("These were not the same; nothing is changed. Try again.");
    }

    private static string Hidden(string prompt) => AnsiConsole.Prompt(new TextPrompt<string>(Markup.Escape(prompt)).Secret(mask: null).AllowEmpty());
}
