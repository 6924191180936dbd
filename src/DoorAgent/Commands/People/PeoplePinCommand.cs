using System.CommandLine;
using DoorAgent.Galleries;
using Spectre.Console;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people pin, which sets the PIN that a person types after their badge.</summary>
internal static class PeoplePinCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Option<bool> duress = new(
            "--duress") { Description = "Sets the PIN to type under duress: it opens as the normal PIN does, and raises a silent alarm." };
        Option<bool> clear = new("--clear") { Description = "Removes the PIN and the duress PIN; with --duress only the duress PIN." };
        Command command = new("pin", """
            Sets the PIN that a person types after their badge (where Decisions:Pin is required).

            The program asks for the PIN twice and does not show it; from a pipe it reads one line. The PIN is never an argument,
            since a shell remembers those. 4 to 8 digits; only a salted slow hash is kept. A running daemon follows within a second.
            """) { name, duress, clear };
        command.SetAction(result =>
        {
            string person = result.GetRequiredValue(name);
            bool isDuress = result.GetValue(duress);
            string which = isDuress ? "duress PIN" : "PIN";
            if (result.GetValue(clear))
                return GalleryChange.Run(result, gallery => gallery.ClearPin(person, isDuress), $"{person} no longer has a {which}.");
            return GalleryChange.Run(result, gallery =>
            {
                // An unknown name is refused before anything is typed.
                gallery.Person(person);
                gallery.SetPin(person, Ask($"{which} of {person}"), isDuress);
            }, $"{person} has a new {which}.");
        });
        return command;
    }

    /// <summary>Asks for a PIN without showing it: twice on a terminal; reads one line where the input is a pipe or a file.</summary>
    /// <exception cref="UserErrorException">The typed text is not a PIN, or differs the second time.</exception>
    private static Pin Ask(string what)
    {
        if (Console.IsInputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return Pin.Parse(Console.In.ReadLine()?.Trim() ?? "");
        Pin pin = Pin.Parse(Hidden($"{what}: "));
        return Hidden("The same again: ") == pin.Digits ? pin
            : throw new UserErrorException("The two PINs differ; nothing was changed. Try again.");
    }

    private static string Hidden(string prompt) =>
        AnsiConsole.Prompt(new TextPrompt<string>(Markup.Escape(prompt)).Secret(mask: null).AllowEmpty());
}
