using System.CommandLine;

namespace DoorAgent.Commands.People;

/// <summary>dooragent people pin: what somebody types after their badge.</summary>
internal static class PeoplePinCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        Option<bool> duress = new("--duress") { Description = "The PIN to type when somebody forces them: it opens as the right one does, and raises a silent alarm." };
        Option<bool> clear = new("--clear") { Description = "Takes the PIN away, and the duress PIN with it; with --duress only that." };
        Command command = new("pin", """
            Sets the PIN that a person types after their badge (where Decisions:Pin is required).

            It is asked for twice and not shown; from a pipe it is one line of the input. It is never an argument, since a
            shell remembers those. 4 to 8 digits; only a salted slow hash is kept. A running daemon follows within a second.
            """) { name, duress, clear };
        command.SetAction(result =>
        {
            string person = result.GetRequiredValue(name);
            bool isDuress = result.GetValue(duress);
            string which = isDuress ? "duress PIN" : "PIN";
            if (result.GetValue(clear))
                return GalleryWork.Change(result, gallery => gallery.ClearPin(person, isDuress), $"{person} has no {which} any more.");
            return GalleryWork.Change(result, gallery =>
            {
                // A name that nobody has is refused before anything is typed.
                gallery.Person(person);
                gallery.SetPin(person, PinPrompt.Ask($"{which} of {person}"), isDuress);
            }, $"{person} has a new {which}.");
        });
        return command;
    }
}
